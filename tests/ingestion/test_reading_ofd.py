"""OFD, the national page format: words with their places, pictures by OCR, and odd files read or refused."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.adapters.ofd_text import numbers, steps
from ingestion.model import Limits
from ingestion.ports import DocumentInvalid
from tests.ingestion.conftest import picture_of, png

FILES = sorted((Path(__file__).resolve().parents[3] / "shared" / "data" / "ofd").glob("*.ofd"))
ROOT = b"<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"
DOCUMENT = b"""<Document><CommonData><PageArea><PhysicalBox>0 0 200 100</PhysicalBox></PageArea>
<TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/><DocumentRes>DocumentRes.xml</DocumentRes></CommonData>
<Pages><Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></Pages></Document>"""
TEMPLATE = """<Page><Content><Layer><TextObject Boundary="10 10 60 10" Size="5">
<TextCode X="0" Y="5">姓名</TextCode></TextObject></Layer></Content></Page>""".encode()


def page(inside: str, *, template: bool = False) -> bytes:
    used = '<Template TemplateID="9"/>' if template else ""
    return f"<Page>{used}<Content><Layer>{inside}</Layer></Content></Page>".encode()


def ofd(content: bytes, **more: bytes) -> bytes:
    members = {
        "OFD.xml": ROOT,
        "Doc_0/Document.xml": DOCUMENT,
        "Doc_0/Tpls/Tpl_0/Content.xml": TEMPLATE,
        "Doc_0/Pages/Page_0/Content.xml": content,
        **more,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, value in members.items():
            archive.writestr(name, value)
    return out.getvalue()


def text(words: str, boundary: str = "20 40 100 10", extra: str = "", code: str = 'X="0" Y="5"') -> str:
    return f'<TextObject Boundary="{boundary}" Size="5" {extra}><TextCode {code}>{words}</TextCode></TextObject>'


def test_all_sample_files_are_read_and_hardly_a_letter_is_missing(readers, shared_data: Path) -> None:
    table = (shared_data / "ofd" / "textcode.tsv").read_text(encoding="utf-8").splitlines()[1:]
    reference = dict(row.split("\t", 1) for row in table if "\t" in row)
    wanted = found = 0
    for path in FILES:
        document = readers.read(path.read_bytes(), path.name, Limits())
        assert document.media_type == "application/ofd"
        held = Counter("".join(document.text.split()))
        letters = Counter("".join(reference.get(path.name, "").split()))
        wanted += letters.total()
        found += (letters & held).total()
    assert len(FILES) == 25
    assert found / wanted >= 0.99


def test_a_signed_file_is_said_to_carry_a_seal_that_was_not_verified(readers, shared_data: Path) -> None:
    content = (shared_data / "ofd" / "ofdrw-sign__v4signed.ofd").read_bytes()
    assert "not verified" in dict(readers.read(content, "a.ofd", Limits()).metadata)["signed"]


def test_words_stand_where_boundary_and_steps_put_them(readers) -> None:
    (found,) = readers.read(ofd(page(text("结婚证", code='X="0" Y="5" DeltaX="g 2 10"'))), "a.ofd", Limits()).pages
    assert (found.width, found.height) == (200, 100)
    (line,) = found.lines
    assert line.text == "结婚证"
    assert line.box.x0 == pytest.approx(20 / 200)
    assert line.box.x1 == pytest.approx((20 + 2 * 10 + 5) / 200)
    assert line.box.y0 == pytest.approx((40 + 5 - 0.88 * 5) / 100)


def test_a_matrix_turns_and_scales_words(readers) -> None:
    (found,) = readers.read(ofd(page(text("甲乙", extra='CTM="0 2 -2 0 30 0"'))), "a.ofd", Limits()).pages
    box = found.lines[0].box
    assert (box.y1 - box.y0) * 100 == pytest.approx(2 * 10)
    assert (box.x1 - box.x0) * 200 == pytest.approx(2 * 5)


def test_the_template_is_read_under_the_page_that_uses_it(readers) -> None:
    with_template = readers.read(ofd(page(text("张三"), template=True)), "a.ofd", Limits())
    assert [line.text for line in with_template.pages[0].lines] == ["姓名", "张三"]
    assert [line.text for line in readers.read(ofd(page(text("张三"))), "a.ofd", Limits()).pages[0].lines] == ["张三"]


def test_letters_placed_one_by_one_are_one_line_and_columns_stay_apart(readers) -> None:
    letters = "".join(text(letter, f"{20 + 5 * n} 40 5 5") for n, letter in enumerate("户口簿"))
    (found,) = readers.read(ofd(page(letters + text("首页", "120 40 20 5"))), "a.ofd", Limits()).pages
    assert [line.text for line in found.lines] == ["户口簿", "首页"]


def test_a_page_that_is_only_a_picture_is_read_by_ocr(readers) -> None:
    media = b'<MultiMedia ID="5"><MediaFile>a.png</MediaFile></MultiMedia>'
    resources = b'<Res BaseLoc="Res"><MultiMedias>' + media + b"</MultiMedias></Res>"
    content = page('<ImageObject Boundary="0 0 200 100" ResourceID="5"/>')
    picture = png(picture_of(["居民户口簿"]))
    (found,) = readers.read(
        ofd(content, **{"Doc_0/DocumentRes.xml": resources, "Doc_0/Res/a.png": picture}),
        "a.ofd",
        Limits(),
    ).pages
    assert [line.text for line in found.lines] == ["居民户口簿"]
    assert found.image is not None


@pytest.mark.parametrize("picture", [b"", b"not a picture"])
def test_a_picture_that_cannot_be_opened_leaves_a_page_said_to_hold_one(readers, picture: bytes) -> None:
    resources = b'<Res><MultiMedia ID="5"><MediaFile>a.png</MediaFile></MultiMedia></Res>'
    content = page('<ImageObject Boundary="0 0 200 100" ResourceID="5"/>')
    packed = ofd(content, **{"Doc_0/DocumentRes.xml": resources, "Doc_0/a.png": picture})
    (found,) = readers.read(packed, "a.ofd", Limits()).pages
    assert (found.lines, found.has_image) == ((), True)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"Doc_0/Document.xml": b"<Document/>"}, "empty"),
        ({"Doc_0/Document.xml": b"<Document"}, "truncated"),
        ({"OFD.xml": b"<OFD><DocBody><DocRoot>nowhere.xml</DocRoot></DocBody></OFD>"}, "truncated"),
        ({"OFD.xml": b"<OFD/>"}, "empty"),
        ({"Doc_0/Pages/Page_0/Content.xml": b"\xff\xfe"}, "truncated"),
        ({"OFD.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><OFD>&x;</OFD>'}, "empty"),
    ],
)
def test_a_broken_file_is_refused(readers, members: dict[str, bytes], reason: str) -> None:
    with pytest.raises(DocumentInvalid) as refused:
        readers.read(ofd(page(""), **members), "a.ofd", Limits())
    assert refused.value.reason == reason
    assert refused.value.remedy.endswith("。")


def test_a_member_that_unpacks_to_too_much_is_refused(readers) -> None:
    with pytest.raises(DocumentInvalid, match="bomb"):
        readers.read(ofd(page(text("甲" * 400_000))), "a.ofd", Limits(max_unpacked=1_500_000))


def test_deep_nesting_ends(readers) -> None:
    nested = "<PageBlock>" * 200 + text("甲") + "</PageBlock>" * 200
    assert readers.read(ofd(page(nested)), "a.ofd", Limits()).pages[0].lines == ()


@given(st.text(st.sampled_from("g 0123456789.-e\u4e00infa"), max_size=40), st.integers(0, 50))
def test_steps_are_never_more_than_there_are_letters(words: str, letters: int) -> None:
    found = steps(words, letters)
    assert len(found) <= letters
    assert all(abs(step) < float("inf") for step in found)


def test_steps_are_read_as_the_standard_writes_them() -> None:
    assert steps("g 3 1.5 2", 9) == [1.5, 1.5, 1.5, 2]
    assert steps("1 2 3", 2) == [1, 2]
    assert numbers("1 x inf nan 2") == [1, 2]
