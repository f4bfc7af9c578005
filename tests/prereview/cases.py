"""A newborn case from the library, with papers written down as words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from guides.checklist import Checklist
from guides.library import Library, load_library
from guides.rules import checklist, read_facts
from guides.situation import Situation
from prereview.model import Check, FileProblem, Finding, Outcome, ReadFile, Report
from prereview.pipeline import judge
from tests.prereview import papers
from tests.prereview.pages import file, read

ON = date(2026, 11, 22)

FACTS: dict[str, bool | str | float] = {
    "birth_place": "hunan",
    "birth_date": "2026-08-08",
    "mother_hukou": "hunan",
    "father_hukou": "hunan",
    "household_side": "father",
    "hukou_kind": "family",
    "marriage": "married",
    "same_ethnicity": True,
    "applicant": "father",
    "channel": "window",
    "claims_maternity": False,
    "multiple_birth": False,
}


@cache
def library() -> Library:
    return load_library()


def the_list(facts: dict[str, bool | str | float] | None = None, on: date = ON) -> tuple[Checklist, Situation]:
    return _the_list(tuple((facts or FACTS).items()), on)


@cache
def _the_list(facts: tuple[tuple[str, bool | str | float], ...], on: date) -> tuple[Checklist, Situation]:
    guide = library().find("newborn", "430100")
    assert guide is not None
    situation = read_facts(guide, dict(facts))
    return checklist(guide, situation, on=on, sources=library().sources), situation


def good_files() -> dict[str, ReadFile]:
    """Everything the family hands in, by a short name; nothing is wrong with it."""
    return dict(_good_files())


@cache
def _good_files() -> dict[str, ReadFile]:
    return {
        "mother_front": file("妈妈正面.jpg", read(papers.id_front()), requirement="parents_id"),
        "mother_back": file("妈妈反面.jpg", read(papers.id_back()), requirement="parents_id"),
        "father_both": file(
            "爸爸身份证.jpg",
            read(
                [*papers.id_front(papers.FATHER, papers.FATHER_ID, "男"), *papers.id_back(top=1000)], size=(1600, 2000)
            ),
            requirement="parents_id",
        ),
        "head": file("户口首页.jpg", read(papers.household_head()), requirement="household_booklet"),
        "member": file("户口本人页.jpg", read(papers.household_member()), requirement="household_booklet"),
        "marriage": file("结婚证.jpg", read(papers.marriage()), requirement="marriage_certificate"),
        "record": file("出生记录.jpg", read(papers.birth_record()), requirement="birth_record"),
        "letter": file("委托书.jpg", read(papers.authorization()), requirement="authorization_letter"),
    }


def changed(name: str, words, requirement: str | None = None, **how) -> dict[str, ReadFile]:
    files = good_files()
    files[name] = file(
        files[name].name,
        read(words, **how),
        requirement=files[name].requirement if requirement is None else requirement,
    )
    return files


def judged(files: dict[str, ReadFile] | Sequence[ReadFile], facts=None, on: date = ON, *, heap: bool = False) -> Report:
    guide = library().find("newborn", "430100")
    assert guide is not None
    own_list, situation = the_list(facts, on)
    every = list(files.values()) if isinstance(files, dict) else list(files)
    if heap:
        every = [replace(one, requirement="") for one in every]
    return judge(every, own_list, situation, on, questions=guide.questions)


def of(report: Report, requirement: str, check: Check) -> tuple[Finding, ...]:
    return tuple(one for one in report.findings if one.requirement == requirement and one.check is check)


def only(report: Report, requirement: str, check: Check, outcome: Outcome) -> Finding:
    """Give the one finding of a line and check that is not fine, and see that nothing else is amiss on the line."""
    amiss = [one for one in report.findings if one.outcome is not Outcome.FINE]
    found = [one for one in amiss if one.requirement == requirement and one.check is check]
    assert [one.outcome for one in found] == [outcome], [
        (one.requirement, one.check, one.outcome, one.found) for one in amiss
    ]
    return found[0]


def unread(name: str, *, certain: bool, requirement: str = "") -> ReadFile:
    return ReadFile(name, "0" * 64, "", (), FileProblem("crashed", "请重新传一次。", certain), requirement)
