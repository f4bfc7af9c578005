"""PDF: text layers as written and placed, scans by OCR, forms as filled, and every odd file read or refused."""

from __future__ import annotations

import io
from pathlib import Path
from typing import cast

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, RectangleObject

from ingestion.adapters.pdf import has_text_layer
from ingestion.model import Box, Document, Limits, LineOrigin, TextLine
from ingestion.ports import DocumentInvalid
from tests.ingestion.conftest import picture_of, png

ODD = Path(__file__).resolve().parents[3] / "shared" / "data" / "pdf"
ODD_FILES = sorted(ODD.glob("*/*.pdf"))


def scan(*pages: Image.Image) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, format="PDF", save_all=True, append_images=pages[1:], resolution=100)
    return out.getvalue()


def changed(content: bytes, change) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def read_or_reason(readers, content: bytes) -> Document | str:
    try:
        document: Document = readers.read(content, "a.pdf", Limits())
    except DocumentInvalid as refused:
        return refused.reason
    return document


@pytest.fixture(scope="module")
def crazy_ones() -> bytes:
    return (ODD / "sample-files/021-pdfa__crazyones-pdfa.pdf").read_bytes()


def test_the_odd_files_are_there() -> None:
    assert len(ODD_FILES) == 80


@pytest.mark.parametrize("path", ODD_FILES, ids=lambda path: path.name[-50:])
def test_every_odd_file_is_read_or_refused_with_a_reason(readers, path: Path) -> None:
    document = read_or_reason(readers, path.read_bytes())
    if isinstance(document, str):
        assert document == "encrypted"
        assert "password" in path.name or "encrypted" in path.name
        return
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    for page in document.pages:
        assert page.image is not None
        assert Image.open(io.BytesIO(page.image)).format == "JPEG"


@pytest.mark.parametrize("path", [path for path in ODD_FILES if "user-password" in path.name], ids=lambda p: p.name)
def test_a_file_with_an_opening_password_is_refused(readers, path: Path) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        readers.read(path.read_bytes(), path.name, Limits())
    assert refused.value.reason == "encrypted"
    assert "密码" in refused.value.remedy


@pytest.mark.parametrize("path", [path for path in ODD_FILES if "owner-password" in path.name], ids=lambda p: p.name)
def test_a_file_that_only_forbids_changes_is_read(readers, path: Path) -> None:
    assert "pdf encryption test" in readers.read(path.read_bytes(), path.name, Limits()).text


def test_a_text_layer_is_read_as_written_with_places(readers, crazy_ones: bytes) -> None:
    (page,) = readers.read(crazy_ones, "a.pdf", Limits()).pages
    first = page.lines[0]
    assert first.text == "The Crazy Ones"
    assert (first.origin, first.confidence) == (LineOrigin.TEXT_LAYER, 1.0)
    assert first.box.y0 < 0.2
    tops = [line.box.y0 for line in page.lines]
    assert tops == sorted(tops)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_follow_a_turned_page(readers, crazy_ones: bytes, turn: int) -> None:
    before = readers.read(crazy_ones, "a.pdf", Limits()).pages[0]
    upright = before.lines[0].box
    turned = changed(crazy_ones, lambda writer: writer.pages[0].rotate(turn))
    after = readers.read(turned, "a.pdf", Limits()).pages[0]
    box = after.lines[0].box
    assert [line.text for line in after.lines] == [line.text for line in before.lines]
    back = {
        90: (box.y0, 1 - box.x1, box.y1, 1 - box.x0),
        180: (1 - box.x1, 1 - box.y1, 1 - box.x0, 1 - box.y0),
        270: (1 - box.y1, box.x0, 1 - box.y0, box.x1),
    }[turn]
    assert back == pytest.approx((upright.x0, upright.y0, upright.x1, upright.y1), abs=0.002)


def test_boxes_are_shares_of_the_cropped_page(readers, crazy_ones: bytes) -> None:
    def crop(writer: PdfWriter) -> None:
        page = writer.pages[0]
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        page.cropbox = RectangleObject((0, height / 2, width, height))

    full = readers.read(crazy_ones, "a.pdf", Limits()).pages[0].lines[0].box
    half = readers.read(changed(crazy_ones, crop), "a.pdf", Limits()).pages[0].lines[0].box
    assert half.y0 == pytest.approx(full.y0 * 2, abs=0.005)


def test_filled_form_fields_are_read_with_their_places(readers) -> None:
    content = (ODD / "sample-files/012-libreoffice-form__libreoffice-form.pdf").read_bytes()
    fields = {field.name: field for field in readers.read(content, "a.pdf", Limits()).form_fields}
    assert fields["First Name"].value == "Alice"
    assert fields["First Name"].page == 1
    assert fields["First Name"].box is not None


def test_a_scanned_page_is_read_by_ocr(readers) -> None:
    document = readers.read(scan(picture_of(["居民户口簿"]), picture_of(["结婚证"])), "扫描.pdf", Limits())
    assert [page.lines[0].text for page in document.pages] == ["居民户口簿", "结婚证"]
    assert all(page.has_image and page.lines[0].origin is LineOrigin.OCR for page in document.pages)


def test_a_scan_with_a_short_stamp_laid_over_it_is_still_a_scan() -> None:
    stamp = (TextLine("仅用于办理落户", Box(0, 0, 0.1, 0.1), 1.0, LineOrigin.TEXT_LAYER),)
    assert not has_text_layer(stamp, covered=True)
    assert has_text_layer(stamp, covered=False)


def test_a_text_layer_of_placeholders_does_not_count() -> None:
    broken = (TextLine("\ue001\ue002\ufffd" * 30, Box(0, 0, 0.1, 0.1), 1.0, LineOrigin.TEXT_LAYER),)
    assert not has_text_layer(broken, covered=False)


def test_sources_are_read_without_keeping_pictures(readers, crazy_ones: bytes) -> None:
    assert readers.read(crazy_ones, "a.pdf", Limits(keep_images=False)).pages[0].image is None


def test_too_many_pages_are_refused(readers) -> None:
    content = scan(*[picture_of([], size=(60, 60))] * 4)
    with pytest.raises(DocumentInvalid, match="too_many_pages"):
        readers.read(content, "a.pdf", Limits(max_pages=3))


def test_a_page_of_absurd_size_is_drawn_small(readers) -> None:
    def stretch(writer: PdfWriter) -> None:
        writer.pages[0].mediabox = RectangleObject((0, 0, 200_000, 200_000))

    content = changed(scan(picture_of([], size=(60, 60))), stretch)
    (page,) = readers.read(content, "a.pdf", Limits(max_side=500)).pages
    assert max(Image.open(io.BytesIO(page.image)).size) <= 500


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_off_file_is_read_or_refused(readers, crazy_ones: bytes, share: float) -> None:
    outcome = read_or_reason(readers, crazy_ones[: int(len(crazy_ones) * share)])
    assert outcome == "truncated" or not isinstance(outcome, str)


def test_a_pdf_that_points_at_itself_ends(readers, crazy_ones: bytes) -> None:
    def loop(writer: PdfWriter) -> None:
        pages = cast("DictionaryObject", writer._root_object["/Pages"])
        pages[NameObject("/Count")] = NumberObject(1)
        cast("ArrayObject", pages["/Kids"]).append(pages.indirect_reference)

    outcome = read_or_reason(readers, changed(crazy_ones, loop))
    assert outcome in {"truncated", "empty"} or not isinstance(outcome, str)


def test_a_png_in_a_pdf_skin_is_refused(readers) -> None:
    with pytest.raises(DocumentInvalid):
        readers.read(b"%PDF-1.7\n" + png(picture_of(["甲"])), "a.pdf", Limits())
