"""Read HTML: the words people see, cut at the page's own headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment

from ingestion.adapters.raw_file import RawFile, within
from ingestion.adapters.sniff import decode
from ingestion.model import Block, Document, Limits
from ingestion.ports import DocumentInvalid, OcrEngine

_UNSEEN = ("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "nav", "button")
_HEADERS = [(f"h{level}", str(level)) for level in range(1, 7)]
MOST_NESTED = 300
"""Elements inside each other; real pages stay below a hundred."""
_NESTED = DocumentInvalid("bomb", "这个网页嵌套过深，读不了，请打印为 PDF 再传。")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^<>]*?(/?))>")
_ENDLESS = frozenset(
    "area base br col dd dt embed hr img input li link meta option p source tbody td tfoot th thead tr wbr".split()
)
_BEGINNING = "开头"
"""The locator of words that stand above the first heading."""


def read_html(file: RawFile, _ocr: OcrEngine, limits: Limits) -> Document:
    """Read a web page; the locator is the heading a piece stands under and its number there: "办理条件/2".

    Raises DocumentInvalid: empty, truncated, too_large.
    """
    source = within(decode(file.content), limits)
    if _depth(source) > MOST_NESTED:
        raise _NESTED
    try:
        soup = BeautifulSoup(source, "lxml")
        for unseen in soup.find_all(_UNSEEN):
            unseen.decompose()
        for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
            comment.extract()
        for hidden in soup.select("[hidden], [aria-hidden=true], [style*='display:none'], [style*='display: none']"):
            hidden.decompose()
        title = soup.title.get_text(" ", strip=True) if soup.title else ""
        if soup.head is not None:
            soup.head.decompose()
        blocks = tuple(_blocks(str(soup)))
    except RecursionError as bomb:
        raise _NESTED from bomb
    if not blocks:
        raise DocumentInvalid("empty", "这个网页里没有文字，请打印为 PDF 再传。")
    return file.document(blocks=blocks, title=title or blocks[0].text[:60])


def _depth(source: str) -> int:
    """Give how deep elements are nested at most, elements that need no end not counted; parsing time grows with it."""
    deepest = depth = 0
    for end, name, closed in _TAG.findall(source):
        if name.lower() in _ENDLESS or closed:
            continue
        depth = max(0, depth - 1) if end else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _blocks(html: str) -> Iterator[Block]:
    from langchain_text_splitters import HTMLHeaderTextSplitter  # half a second that photographs should not wait for

    counts: Counter[str] = Counter()
    for section in HTMLHeaderTextSplitter(headers_to_split_on=_HEADERS).split_text(html):
        path = [str(section.metadata[level]) for _, level in _HEADERS if level in section.metadata]
        own_heading = path[-1] if path else ""
        for paragraph in section.page_content.splitlines():
            text = paragraph.strip()
            if not text or text == own_heading:
                continue
            place = path[-1].replace("/", "／") if path else _BEGINNING
            counts[place] += 1
            yield Block(f"{place}/{counts[place]}", text, " / ".join(path))
