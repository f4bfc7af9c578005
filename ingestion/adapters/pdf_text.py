"""Take the text layer of a PDF page as lines with boxes, in shares of the page as it is shown."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from ingestion.adapters.runs import Rect, Run
from ingestion.model import Box, LineOrigin, TextLine

_GRID = 1_000_000
_MOST_CHARACTERS = 200_000
"""Characters of one page; a real page has a few thousand."""
_HYPHEN = "\x02"
"""What pdfium writes for a hyphen at a line's end."""


def text_lines(page: pypdfium2.PdfPage) -> tuple[TextLine, ...]:
    """Give the written lines in the order the page writes them; a page without text gives none."""
    runs = _upright_runs(page)
    lines: list[TextLine] = []
    for run in runs:
        text = "".join(run.letters).strip()
        box = to_share(page, (run.left, run.bottom, run.right, run.top)) if text else None
        if box is not None:
            lines.append(TextLine(text, box, 1.0, LineOrigin.TEXT_LAYER))
    return tuple(lines)


def to_share(page: pypdfium2.PdfPage, rect: Rect) -> Box | None:
    """Turn PDF points into shares of the page as shown (crop and turn applied); None when off the page."""
    corners = [_on_grid(page, rect[0], rect[3]), _on_grid(page, rect[2], rect[1])]
    xs = sorted(min(1.0, max(0.0, x)) for x, _ in corners)
    ys = sorted(min(1.0, max(0.0, y)) for _, y in corners)
    if xs[0] >= xs[1] or ys[0] >= ys[1]:
        return None
    return Box(xs[0], ys[0], xs[1], ys[1])


def _on_grid(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page, 0, 0, _GRID, _GRID, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value / _GRID, down.value / _GRID


def _upright_runs(page: pypdfium2.PdfPage) -> list[Run]:
    """Take the letters as if the page were not turned: pdfium breaks lines in odd places on turned pages."""
    turn = page.get_rotation()
    if turn:
        page.set_rotation(0)
    textpage = page.get_textpage()
    try:
        return list(_runs(textpage))
    finally:
        textpage.close()
        if turn:
            page.set_rotation(turn)


def _runs(textpage: pypdfium2.PdfTextPage) -> Iterator[Run]:
    run = Run()
    for index in range(min(textpage.count_chars(), _MOST_CHARACTERS)):
        letter = _letter(textpage, index)
        if letter in ("\r", "\n"):
            yield run
            run = Run()
            continue
        if not letter:
            continue
        rect = None if letter.isspace() else _rect(textpage, index)
        if rect is None:
            if run.letters:
                run.letters.append(letter)
            continue
        if not run.continues_with(rect):
            yield run
            run = Run()
        run.add(letter, rect)
    yield run


def _letter(textpage: pypdfium2.PdfTextPage, index: int) -> str:
    code = int(pdfium.FPDFText_GetUnicode(textpage, index))
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    letter = chr(code)
    if letter == _HYPHEN:
        return "-"
    return "" if code < 32 and letter not in "\r\n\t" else letter


def _rect(textpage: pypdfium2.PdfTextPage, index: int) -> Rect | None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    ok = pdfium.FPDFText_GetCharBox(
        textpage, index, ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom), ctypes.byref(top)
    )
    if not ok:
        return None
    return left.value, bottom.value, right.value, top.value
