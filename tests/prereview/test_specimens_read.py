"""Drawn specimens, read as the product reads them: a picture in, fields out. Few pages: each costs seconds."""

from __future__ import annotations

from datetime import date

import pytest

from evals.specimens import papers
from evals.specimens.draw import picture
from evals.specimens.model import Paper
from evals.specimens.people import family
from ingestion.adapters.rapid_ocr import RapidOcrEngine
from ingestion.adapters.readers import Readers
from prereview.adapters.page_eye import PageEye
from prereview.model import Certainty, Edge, ReadFile
from prereview.pipeline import Reading

ON = date(2026, 11, 22)
HOME = family(3, ON)


@pytest.fixture(scope="module")
def reading() -> Reading:
    ocr = RapidOcrEngine()
    return Reading(Readers(ocr), ocr, PageEye())


def read(reading: Reading, paper: Paper, damage: str) -> ReadFile:
    drawn = picture(paper, damage)
    return reading.read(drawn.data, drawn.truth.file)


def test_both_sides_of_a_card_on_one_sheet(reading: Reading) -> None:
    front, back = read(reading, papers.id_card_both(HOME.mother, 3), "mild").pages[0].documents
    assert [(one.side, one.certainty) for one in (front, back)] == [
        ("front", Certainty.SURE),
        ("back", Certainty.SURE),
    ]
    values = {field.name: field.value for field in (*front.fields, *back.fields)}
    assert values["name"] == HOME.mother.name
    assert values["id_number"] == HOME.mother.id_number


def test_a_turned_marriage_certificate_keeps_its_couple(reading: Reading) -> None:
    (found,) = read(reading, papers.marriage_certificate(HOME, 3), "turned90").pages[0].documents
    values = {field.name: field.value for field in found.fields}
    assert values["husband_id_number"] == HOME.father.id_number
    assert values["wife_id_number"] == HOME.mother.id_number
    assert found.turn == 90


def test_a_line_under_a_watermark_is_found_at_the_second_look(reading: Reading) -> None:
    (found,) = read(reading, papers.authorization_letter(HOME, 3), "clean").pages[0].documents
    assert found.missing == ()
    values = {field.name: field.value for field in found.fields}
    assert (values["principal_id_number"], values["child_name"]) == (HOME.mother.id_number, HOME.child.name)


def test_a_page_too_poor_to_read_is_not_read_for_sure(reading: Reading) -> None:
    page = read(reading, papers.birth_record(HOME, 3), "blurred").pages[0]
    assert all(one.missing or one.confidence < 0.93 or one.certainty is not Certainty.SURE for one in page.documents)


def test_a_sheet_that_runs_off_the_picture_is_seen_to(reading: Reading) -> None:
    page = read(reading, papers.marriage_certificate(HOME, 3), "cropped").pages[0]
    assert page.quality.cut
    assert set(page.quality.cut) < set(Edge)


def test_a_file_that_is_none_is_refused_with_a_remedy(reading: Reading) -> None:
    for content in (b"", b"%PDF-1.7 broken", b"\xff\xd8\xff\xe0 cut off", b"<html></html>"):
        found = reading.read(content, "a.jpg")
        assert found.problem is not None
        assert found.problem.certain
        assert found.problem.remedy
