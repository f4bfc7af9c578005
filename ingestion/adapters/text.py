"""Read plain text and Markdown: one block per paragraph; articles of a law are found when it is split."""

from __future__ import annotations

from ingestion.adapters.raw_file import RawFile, within
from ingestion.adapters.sniff import decode
from ingestion.model import Block, Document, Limits
from ingestion.ports import DocumentInvalid, OcrEngine


def read_text(file: RawFile, _ocr: OcrEngine, limits: Limits) -> Document:
    """Read a text file; the locator of a paragraph is "段落3", counting those with words from 1.

    A first line starting with "# " is the title. Raises DocumentInvalid: empty, too_large, unreadable_text.
    """
    paragraphs = [line.strip() for line in within(decode(file.content), limits).splitlines() if line.strip()]
    title = ""
    if paragraphs and paragraphs[0].startswith("# "):
        title = paragraphs.pop(0).lstrip("# ").strip()
    if not paragraphs:
        raise DocumentInvalid("empty", "这个文本文件里没有内容，请检查后再传。")
    blocks = [Block(f"段落{number}", text) for number, text in enumerate(paragraphs, 1)]
    return file.document(blocks=blocks, title=title)
