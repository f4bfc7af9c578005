"""Read OFD (GB/T 33190), the national page format: placed text, templates, and pictures by OCR."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ingestion.adapters.image import page_of
from ingestion.adapters.imaging import read_frames
from ingestion.adapters.ofd_package import BROKEN, OfdPackage, below, children, first_text
from ingestion.adapters.ofd_text import PlacedImage, PlacedText, numbers, placed
from ingestion.adapters.raw_file import RawFile, within
from ingestion.adapters.runs import Rect, Run
from ingestion.model import Box, Document, Limits, LineOrigin, Page, TextLine
from ingestion.ports import DocumentInvalid, OcrEngine

A4 = (0.0, 0.0, 210.0, 297.0)
"""Millimetres; the standard's pages are measured so, and a page without a box is taken as A4."""
PICTURE_SHARE = 0.3
"""A page without words is read from its largest picture when that covers at least this share of it."""
_HAIR = 1e-4
SIGNED = ("signed", "electronic seal present, not verified")


@dataclass(frozen=True, slots=True)
class _Body:
    """One document of the file: its pages, templates and pictures, by the members that hold them."""

    root: str
    area: Rect
    pages: tuple[str, ...]
    templates: Mapping[str, str]
    pictures: Mapping[str, str]
    annotations: Mapping[str, tuple[str, ...]]


def read_ofd(file: RawFile, ocr: OcrEngine, limits: Limits) -> Document:
    """Read an OFD file: every page's words with their places; pages that are only pictures by OCR.

    A seal is noted, never verified. Raises DocumentInvalid: truncated, bomb, empty, too_many_pages, too_large.
    """
    package = OfdPackage(file.content, limits)
    entry = package.find("OFD.xml")
    if entry is None:
        raise BROKEN
    root = package.xml(entry)
    bodies = [_body(package, path) for body in below(root, "DocBody") if (path := first_text(body, "DocRoot"))]
    found = [(body, member) for body in bodies for member in body.pages]
    if not found:
        raise DocumentInvalid("empty", "这个 OFD 里没有页面，请重新下载后再传。")
    if len(found) > limits.max_pages:
        raise DocumentInvalid("too_many_pages", f"这个 OFD 超过 {limits.max_pages} 页，请只传需要的几页。")
    pages = [_page(package, body, member, number, ocr, limits) for number, (body, member) in enumerate(found, 1)]
    within("".join(line.text for page in pages for line in page.lines), limits)
    signed = any(first_text(body, "Signatures") for body in below(root, "DocBody"))
    return file.document(pages=pages, title=first_text(root, "Title"), metadata=(SIGNED,) if signed else ())


def _body(package: OfdPackage, path: str) -> _Body:
    member = package.find(path)
    if member is None:
        raise BROKEN
    document = package.xml(member)
    common = next(children(document, "CommonData"), document)
    pages = [
        (str(page.get("ID")), found)
        for page in below(document, "Page")
        if (found := package.find(page.get("BaseLoc") or "", member)) is not None
    ]
    templates = {
        str(template.get("ID")): found
        for template in below(common, "TemplatePage")
        if (found := package.find(template.get("BaseLoc") or "", member)) is not None
    }
    notes = _annotations(package, first_text(document, "Annotations"), member)
    return _Body(
        root=member,
        area=_rect(first_text(common, "PhysicalBox")) or A4,
        pages=tuple(found for _, found in pages),
        templates=templates,
        pictures=dict(_pictures(package, member, [one.text or "" for one in below(common, "PublicRes")]
                                + [one.text or "" for one in below(common, "DocumentRes")])),
        annotations={found: tuple(notes.get(number, ())) for number, found in pages},
    )  # fmt: skip


def _annotations(package: OfdPackage, path: str, base: str) -> dict[str, list[str]]:
    """Give the annotation members per page id (stamps and watermarks that carry words lie there)."""
    listed: dict[str, list[str]] = {}
    index = package.find(path, base) if path else None
    if index is None:
        return listed
    for page in below(package.xml(index), "Page"):
        member = package.find(first_text(page, "FileLoc"), index)
        if member is not None:
            listed.setdefault(str(page.get("PageID")), []).append(member)
    return listed


def _pictures(package: OfdPackage, base: str, resources: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in resources:
        member = package.find(path.strip(), base)
        if member is None:
            continue
        resource = package.xml(member)
        folder = resource.get("BaseLoc") or ""
        for media in below(resource, "MultiMedia"):
            name = first_text(media, "MediaFile")
            found = package.find(f"{folder.rstrip('/')}/{name}" if folder else name, member) or package.find(
                name, member
            )
            if found is not None:
                yield str(media.get("ID")), found


def _page(package: OfdPackage, body: _Body, member: str, number: int, ocr: OcrEngine, limits: Limits) -> Page:
    content = package.xml(member)
    area = _rect(first_text(content, "PhysicalBox")) or body.area
    things: list[PlacedText | PlacedImage] = []
    for used in children(content, "Template"):
        template = body.templates.get(str(used.get("TemplateID")))
        if template is not None:
            things.extend(placed(package.xml(template)))
    things.extend(placed(content))
    for notes in body.annotations.get(member, ()):
        things.extend(placed(package.xml(notes)))
    lines = tuple(_lines([thing for thing in things if isinstance(thing, PlacedText)], area))
    pictures = [thing for thing in things if isinstance(thing, PlacedImage)]
    largest = max(pictures, key=lambda one: _share(one.rect, area), default=None)
    if not lines and largest is not None and _share(largest.rect, area) >= PICTURE_SHARE:
        return _picture_page(package, body, largest, area, number, ocr, limits)
    return Page(number, area[2] - area[0], area[3] - area[1], lines, has_image=largest is not None)


def _picture_page(
    package: OfdPackage, body: _Body, image: PlacedImage, area: Rect, number: int, ocr: OcrEngine, limits: Limits
) -> Page:
    """Read a page that is only a picture; what cannot be decoded leaves an empty page, said to hold a picture."""
    width, height = area[2] - area[0], area[3] - area[1]
    member = body.pictures.get(image.resource)
    try:
        frame = read_frames(package.read(member), limits)[0] if member is not None else None
    except DocumentInvalid:
        frame = None
    if frame is None:
        return Page(number, width, height, (), has_image=True)
    return page_of(frame, number, ocr, limits, (image.rect[2] - image.rect[0], image.rect[3] - image.rect[1]))


def _lines(texts: list[PlacedText], area: Rect) -> Iterator[TextLine]:
    """Join runs that stand beside each other (some writers place every letter alone) and give them as lines."""
    run = Run()
    for text in texts:
        if run.letters and not (run.is_near(text.rect)):
            yield from _line(run, area)
            run = Run()
        run.add(text.text, text.rect)
    yield from _line(run, area)


def _line(run: Run, area: Rect) -> Iterator[TextLine]:
    """Give a run as a line; words written beside the page are kept at its edge."""
    text = "".join(run.letters).strip()
    if text:
        left, right = _shares(run.left - area[0], run.right - area[0], area[2] - area[0])
        top, bottom = _shares(run.bottom - area[1], run.top - area[1], area[3] - area[1])
        yield TextLine(text, Box(left, top, right, bottom), 1.0, LineOrigin.TEXT_LAYER)


def _shares(low: float, high: float, whole: float) -> tuple[float, float]:
    """Give two sides as shares of the page, in order and at least a hair apart."""
    start = min(1.0 - _HAIR, max(0.0, low / whole))
    return start, min(1.0, max(start + _HAIR, high / whole))


def _share(rect: Rect, area: Rect) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1]) / ((area[2] - area[0]) * (area[3] - area[1]))


def _rect(words: str) -> Rect | None:
    found = numbers(words)
    if len(found) != 4 or found[2] <= 0 or found[3] <= 0:
        return None
    return found[0], found[1], found[0] + found[2], found[1] + found[3]
