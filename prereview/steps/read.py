"""Read: the words of every page, the documents on it, their fields; once more without faint print where it hides some.

A watermark across a line makes the engine lose the whole line. Taking faint print away from the start was measured
worse on photographs, so it is done only where something is missing or doubtful, and the two readings are merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingestion.model import Box, Document, LineOrigin, Page, TextLine
from ingestion.ports import OcrEngine
from prereview.layout import set_upright
from prereview.model import Blank, Certainty, PageQuality, ReadPage, RecognisedPage
from prereview.ports import PageEye
from prereview.profile_model import Side
from prereview.profiles import Profiles
from prereview.steps.extract import Extraction, extract
from prereview.steps.recognise import Recognition, recognise

WEAK = 0.9
"""A line read less surely than this is read a second time."""
SAME_PLACE = 0.4
"""Two lines of the two readings are the same where this share of the smaller one is covered."""


def read_page(page: Page, *, ocr: OcrEngine, eye: PageEye, profiles: Profiles) -> ReadPage:
    """Read one page of a document to its fields; depends on nothing but the page."""
    lines = page.lines
    documents = _documents(lines, page, profiles)
    photographed = page.image is not None and not any(line.origin is LineOrigin.TEXT_LAYER for line in lines)
    if photographed and page.image is not None and lines and _wanting(documents):
        lines = _merged(lines, ocr.read(eye.without_faint(page.image)))
        documents = _documents(lines, page, profiles)
    quality = PageQuality()
    if photographed and page.image is not None:
        quality = eye.quality(page.image, [line.box for line in lines])
    if page.image is not None:
        documents = tuple(
            (recognition, replace(found, blanks=tuple(_inked(blank, page.image, eye) for blank in found.blanks)))
            for recognition, found in documents
        )
    return ReadPage(
        number=page.number,
        width=page.width,
        height=page.height,
        lines=lines,
        quality=quality,
        documents=tuple(_recognised(recognition, found, quality) for recognition, found in documents),
        image=page.image,
    )


def read_pages(document: Document, *, ocr: OcrEngine, eye: PageEye, profiles: Profiles) -> tuple[ReadPage, ...]:
    """Read every page of a document; what was typed into an electronic form counts as printed where it stands."""
    return tuple(read_page(_with_form(page, document), ocr=ocr, eye=eye, profiles=profiles) for page in document.pages)


def _with_form(page: Page, document: Document) -> Page:
    typed = tuple(
        TextLine(field.value, field.box, 1.0, LineOrigin.TEXT_LAYER)
        for field in document.form_fields
        if field.page == page.number and field.box is not None and field.value.strip()
    )
    return replace(page, lines=(*page.lines, *typed)) if typed else page


_Found = tuple[Recognition, Extraction]


def _documents(lines: Sequence[TextLine], page: Page, profiles: Profiles) -> tuple[_Found, ...]:
    sheet = set_upright(lines, page.width, page.height)
    if not sheet.words:
        return ()
    return tuple(
        (found, extract(found.sheet, found.side) if found.side else Extraction((), ()))
        for found in recognise(sheet, profiles)
    )


def _wanting(documents: Sequence[_Found]) -> bool:
    """Say whether a second look may find more: something doubtful, missing, blank or weakly read."""
    return any(
        recognition.certainty is not Certainty.SURE
        or (recognition.side is not None and bool(missing_fields(recognition.side, found)))
        or any(field.confidence < WEAK or not field.expected_shape for field in found.fields)
        or any(blank.signature and not blank.text for blank in found.blanks)
        for recognition, found in documents
    )


def missing_fields(side: Side, found: Extraction) -> tuple[str, ...]:
    """Name the required fields that were not read in their shape, and the places to sign that were not found."""
    read = {field.name for field in found.fields if field.expected_shape}
    wanted = [field.name for field in side.fields if field.required]
    if side.persons:
        people = [block.person for block in side.persons.blocks if block.person] + list(side.persons.by_sex.values())
        wanted += [f"{person}_{field.name}" for person in people for field in side.persons.fields if field.required]
    places = {blank.name for blank in found.blanks}
    unsigned = [blank.name for blank in side.blanks if blank.required and blank.name not in places]
    return tuple(name for name in wanted if name not in read) + tuple(unsigned)


def _merged(first: Sequence[TextLine], second: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """Keep the first reading; add what only the second found, and let it replace what it read more surely."""
    kept = list(first)
    for line in second:
        if line.confidence < WEAK:
            continue
        rivals = [one for one in kept if _covered(one.box, line.box) > SAME_PLACE]
        if not rivals:
            kept.append(line)
        elif max(one.confidence for one in rivals) < min(WEAK, line.confidence) or _longer(line, rivals):
            kept = [one for one in kept if one not in rivals] + [line]
    return tuple(kept)


def _longer(line: TextLine, rivals: Sequence[TextLine]) -> bool:
    """Say whether the second reading has one whole line where the first had scraps of it."""
    return len(line.text) > sum(len(one.text) for one in rivals) + 2 and line.confidence > 0.95


def _covered(a: Box, b: Box) -> float:
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.y1, b.y1) - max(a.y0, b.y0)
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / min((a.x1 - a.x0) * (a.y1 - a.y0), (b.x1 - b.x0) * (b.y1 - b.y0))


def _inked(blank: Blank, image: bytes, eye: PageEye) -> Blank:
    return replace(blank, ink=eye.ink(image, blank.box))


def _recognised(recognition: Recognition, found: Extraction, quality: PageQuality) -> RecognisedPage:
    words = recognition.sheet.words
    letters = sum(len(word.text) for word in words)
    return RecognisedPage(
        kind=recognition.profile.kind if recognition.profile else "",
        side=recognition.side.side if recognition.side else "",
        certainty=recognition.certainty,
        score=recognition.score,
        turn=recognition.sheet.turn,
        box=recognition.sheet.around() or Box(0, 0, 1, 1),
        fields=found.fields,
        confidence=sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0,
        blanks=found.blanks,
        missing=missing_fields(recognition.side, found) if recognition.side else (),
        cut=quality.cut,
    )
