"""Every clause the library cites is opened in the sources themselves: it exists, and its numbers and names are ours.

The laws and the official guides lie in `../shared/data`, beside the project; nothing of them is copied into it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from guides.condition import Value
from guides.library import load_library
from guides.model import (
    Citation,
    Conflict,
    Correction,
    Deadline,
    Faq,
    Fee,
    Guide,
    MaterialRule,
    NeverAsk,
    Phone,
    Point,
    Prerequisite,
    Presence,
    Route,
    Source,
    Step,
    TimeLimit,
    Verification,
)
from ingestion.adapters.law_jsonl import LawJsonl
from ingestion.steps.locate import find_clause
from ingestion.steps.numerals import to_number

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
LIBRARY = load_library()
HOTLINE = 12345.0
"""The way to a human being is offered everywhere and needs no clause."""

ARABIC = re.compile(r"\d+(?:\.\d+)?")
COUNTED = re.compile(r"([零〇一二两三四五六七八九十百千]+)(?=个?(?:工作日|月|小时)|[日天岁年元%％]|周岁)")
QUOTED = re.compile(r"《([^《》]+)》")


@dataclass(frozen=True, slots=True)
class Statement:
    """Something a guide says, with the places it names for it."""

    where: str
    texts: tuple[str, ...]
    citations: tuple[Citation, ...]
    phones: frozenset[float] = frozenset()
    """Numbers to call, which carry a clause of their own under the guide's `phones`."""


@cache
def law_texts() -> dict[tuple[str, str], str]:
    """Read the held laws once: text by title and edition."""
    file = DATA / "laws" / "laws.jsonl.xz"
    if not file.is_file():
        pytest.fail("../shared/data/laws is missing: lay the data folder beside the project", pytrace=False)
    wanted = {source.held.key for source in LIBRARY.sources.values() if source.held and source.held.kind == "law"}
    return {
        (law.title, law.published.isoformat() if law.published else ""): law.text
        for law in LawJsonl().laws(file.read_bytes())
        if law.title in wanted
    }


@cache
def portal_texts() -> dict[str, str]:
    """Read the official guides once: the file's text by the portal's own code."""
    files = sorted((DATA / "official_guides").glob("*.json"))
    if not files:
        pytest.fail("../shared/data/official_guides is missing: lay the data folder beside the project", pytrace=False)
    texts = [file.read_text(encoding="utf-8") for file in files]
    return {json.loads(text)["data"]["yjsSsqdbm"]: text for text in texts}


def held_text(source: Source) -> str | None:
    """Give the source's own text, None where the archive may hold none."""
    if source.held is None or source.held.kind == "file":
        return None
    if source.held.kind == "law":
        return law_texts().get((source.held.key, source.held.edition), "")
    return portal_texts().get(source.held.key, "")


def place(citation: Citation) -> str | None:
    """Give the words at the cited place; None where the text is not held."""
    text = held_text(LIBRARY.source(citation.source))
    return None if text is None else find_clause(text, citation.locator) or ""


def values(value: object) -> Iterator[Value]:
    """Give every value inside."""
    if isinstance(value, Value):
        yield value
        for name in type(value).model_fields:
            yield from values(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from values(part)


def said(value: Value) -> tuple[tuple[str, ...], tuple[Citation, ...]] | None:
    """Give what a part of a guide says to people, with its citations; None for parts that say nothing."""
    match value:
        case Route():
            return (value.say, value.next_step), value.citations
        case Faq():
            return value.answer, value.citations
        case Conflict():
            return (value.say, value.resolution), value.citations
        case Prerequisite() | NeverAsk() | Step() | Deadline() | Correction():
            return (value.text,), (value.citation,)
        case _:
            texts = figures(value)
            return (texts, tuple(part for part in values(value) if isinstance(part, Citation))) if texts else None


def figures(value: Value) -> tuple[str, ...]:
    """Give the words and figures of the parts that rest on one clause."""
    match value:
        case MaterialRule():
            return (value.why,)
        case Presence():
            return (value.what,)
        case TimeLimit():
            return (f"{value.days:g}",)
        case Fee():
            return (value.text, "" if value.amount_yuan is None else f"{value.amount_yuan:g}")
        case Point():
            return (value.name, value.address, value.hours, value.phone)
        case Phone():
            return (value.number,)
        case _:
            return ()


def statements(guide: Guide) -> Iterator[Statement]:
    phones = frozenset(number for phone in guide.phones for number in numbers(phone.number))
    for value in values(guide):
        found = said(value)
        if found is not None:
            texts, citations = found
            where = f"{guide.slug} {type(value).__name__} “{texts[0][:24]}”"
            yield Statement(where, texts, citations, frozenset() if isinstance(value, Phone) else phones)


def numbers(text: str) -> set[float]:
    """Give the numbers of a text, in Arabic figures or counted in Chinese ones (六个月, 二十个工作日)."""
    found = {float(figure) for figure in ARABIC.findall(text)}
    counted = (to_number(words) for words in COUNTED.findall(text))
    return found | {float(number) for number in counted if number is not None}


CITED = sorted(
    {
        (citation.source, citation.locator)
        for guide in LIBRARY.guides
        for citation in values(guide)
        if isinstance(citation, Citation)
    }
)
STATEMENTS = [pytest.param(s, id=s.where) for guide in LIBRARY.guides for s in statements(guide)]
SOURCES = [pytest.param(source, id=source.id) for source in LIBRARY.sources.values()]


@pytest.mark.parametrize(("source", "locator"), CITED)
def test_every_cited_place_exists(source: str, locator: str) -> None:
    held = LIBRARY.source(source)
    text = held_text(held)
    if text is None:
        supported = held.verification is Verification.READ
        assert held.url or not supported, f"{source}: no text is held, so people need a url to open"
        return
    assert text, f"{source}: {held.held} is not in ../shared/data"
    assert find_clause(text, locator), f"{source} has no {locator}"


@pytest.mark.parametrize("statement", STATEMENTS)
def test_numbers_stand_in_the_cited_place(statement: Statement) -> None:
    found = [place(citation) for citation in statement.citations]
    if None in found:
        return
    names = " ".join(LIBRARY.source(c.source).document_no for c in statement.citations)
    there = numbers(" ".join([names, *(text for text in found if text)]))
    ours = numbers(" ".join(statement.texts)) - {HOTLINE} - statement.phones
    assert ours <= there, f"{statement.where}: {sorted(ours - there)} 不在所引的地方 {statement.citations}"


@pytest.mark.parametrize("statement", STATEMENTS)
def test_quoted_names_stand_in_the_cited_place(statement: Statement) -> None:
    found = [place(citation) for citation in statement.citations]
    if None in found:
        return
    titles = [LIBRARY.source(citation.source).title for citation in statement.citations]
    there = "".join([*titles, *(text for text in found if text)])
    for name in QUOTED.findall(" ".join(statement.texts)):
        assert name in there, f"{statement.where}: 《{name}》不在所引的地方"


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_is_of_the_newest_edition_held(source: Source) -> None:
    if source.held is None or source.held.kind != "law":
        return
    editions = sorted(edition for title, edition in law_texts() if title == source.held.key)
    assert editions, f"{source.id}: {source.held.key} is not in ../shared/data/laws"
    assert source.held.edition == editions[-1], f"{source.id}: the archive may hold {editions}"


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_that_counts_can_be_opened_by_people(source: Source) -> None:
    if source.verification is Verification.READ:
        assert source.url or source.held
        assert source.retrieved, f"{source.id}: say when it was read"
    else:
        assert source.note, f"{source.id}: say why it does not count as read"


def test_every_source_a_guide_lists_is_cited() -> None:
    for guide in LIBRARY.guides:
        cited = {citation.source for citation in values(guide) if isinstance(citation, Citation)}
        assert set(guide.sources) == cited, guide.slug


def test_the_figures_of_changsha_are_those_of_the_official_guide() -> None:
    guide = LIBRARY.find("newborn", "430100")
    assert guide is not None
    official = json.loads(portal_texts()[guide.code])["data"]
    promised = {row["lbsxfwmc"]: row["cnsxsx"] for row in official["approveList"]}
    ours = {s.citation.locator.removeprefix("approveList/"): s.limit.days for s in guide.services if s.limit}
    assert ours == promised
    assert guide.limits[0].days == float(official["basicInfo"]["completedLimit"])
    assert guide.lead_agency == official["basicInfo"]["qtbmmc"]
    rows = {row["clmc"] for row in official["materialList"]}
    cited = {c.locator.removeprefix("materialList/") for c in values(guide) if isinstance(c, Citation)}
    assert rows <= cited
    assert {row["problem"] for row in official["questionInfo"]} <= {
        c.locator.removeprefix("questionInfo/") for faq in guide.faq for c in faq.citations
    }


def test_a_wrong_number_or_name_would_be_noticed() -> None:
    assert numbers("七个工作日内，最长二十日，收费12.50元") == {7, 20, 12.5}
    assert numbers("出生六个月内") == {6}
    assert QUOTED.findall("依据《户口登记条例》") == ["户口登记条例"]
