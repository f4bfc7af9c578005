"""Read PDF: pypdf opens, decrypts and reads forms; pypdfium2 gives placed text and draws pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from ingestion.adapters.image import page_of
from ingestion.adapters.imaging import to_jpeg
from ingestion.adapters.pdf_form import FilledForm, read_form
from ingestion.adapters.pdf_text import text_lines, to_share
from ingestion.adapters.raw_file import RawFile, within
from ingestion.model import Document, FormField, Limits, Page, TextLine
from ingestion.ports import DocumentInvalid, OcrEngine

POINTS_PER_INCH = 72
PICTURE_SHARE = 0.5
"""From this share of the page on, a picture on it counts as what the page shows."""
FEW_CHARACTERS = 50
"""A page covered by a picture with fewer characters than this is a scan with a stamp or header laid over it."""
UNREADABLE_SHARE = 0.3
"""A text layer with more placeholder characters than this was written with a broken font map: OCR reads it better."""
_SCANNED_OBJECTS = 2000

ENCRYPTED = DocumentInvalid("encrypted", "这个 PDF 设了打开密码，请先去掉密码（打开后另存或打印为 PDF）再传。")
TRUNCATED = DocumentInvalid("truncated", "这个 PDF 不完整或已损坏，打不开，请重新导出或重新下载后再传。")


def read_pdf(file: RawFile, ocr: OcrEngine, limits: Limits) -> Document:
    """Read a PDF: pages with a text layer as they are written, scanned pages by OCR.

    Raises DocumentInvalid: encrypted, truncated, empty, too_many_pages, too_large.
    """
    form = read_form(file.content)
    if form.locked:
        raise ENCRYPTED
    with _opened(file.content) as pdf:
        count = len(pdf)
        if count == 0:
            raise DocumentInvalid("empty", "这个 PDF 里没有页面，请重新导出后再传。")
        if count > limits.max_pages:
            remedy = f"这个 PDF 有 {count} 页，超过 {limits.max_pages} 页，请只传需要的几页。"
            raise DocumentInvalid("too_many_pages", remedy)
        pages, fields = [], []
        for index in range(count):
            page, on_page = _read_page(pdf, index, form, ocr, limits)
            pages.append(page)
            fields.extend(on_page)
    within("".join(line.text for page in pages for line in page.lines), limits)
    return file.document(pages=pages, title=form.title, form_fields=fields, metadata=form.metadata)


@contextmanager
def _opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as refused:
        raise (ENCRYPTED if "password" in str(refused).lower() else TRUNCATED) from refused
    try:
        if pdf.get_formtype() != pdfium.FORMTYPE_NONE:
            pdf.init_forms()
        yield pdf
    finally:
        pdf.close()


def _read_page(
    pdf: pypdfium2.PdfDocument, index: int, form: FilledForm, ocr: OcrEngine, limits: Limits
) -> tuple[Page, list[FormField]]:
    try:
        page = pdf[index]
    except pypdfium2.PdfiumError as broken:
        raise TRUNCATED from broken
    try:
        lines = text_lines(page)
        covered = _picture_share(page) >= PICTURE_SHARE
        fields = [
            FormField(widget.name, widget.value, index + 1, to_share(page, widget.rect))
            for widget in form.widgets
            if widget.page == index
        ]
        width, height = page.get_size()
        if not has_text_layer(lines, covered):
            return page_of(_drawn(page, limits), index + 1, ocr, limits, (width, height)), fields
        image = to_jpeg(_drawn(page, limits)) if limits.keep_images else None
        return Page(index + 1, width, height, lines, image, covered), fields
    except pypdfium2.PdfiumError as broken:
        raise TRUNCATED from broken
    finally:
        page.close()


def has_text_layer(lines: tuple[TextLine, ...], covered: bool) -> bool:
    """Say whether the written text is what a person sees, so that OCR can be spared."""
    text = "".join("".join(line.text.split()) for line in lines)
    if not text or (covered and len(text) < FEW_CHARACTERS):
        return False
    placeholders = sum(1 for char in text if char == "�" or "\ue000" <= char <= "\uf8ff" or char < " ")
    return placeholders / len(text) <= UNREADABLE_SHARE


def _drawn(page: pypdfium2.PdfPage, limits: Limits) -> Image.Image:
    """Draw a page; a page of absurd size is drawn small rather than filling the memory."""
    width, height = (max(1.0, side) for side in page.get_size())
    scale = min(limits.render_dpi / POINTS_PER_INCH, limits.max_side / max(width, height))
    bitmap = page.render(scale=scale)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    return picture


def _picture_share(page: pypdfium2.PdfPage) -> float:
    """Give the share of the page that its largest picture covers."""
    width, height = page.get_size()
    largest = 0.0
    for number, found in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        if number >= _SCANNED_OBJECTS:
            break
        left, bottom, right, top = found.get_bounds()
        largest = max(largest, (right - left) * (top - bottom))
    return float(largest / max(1.0, width * height))
