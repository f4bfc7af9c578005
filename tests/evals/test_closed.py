"""The closed sets are whole: as large as they must be, unedited since their digest, and met in no open file."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from evals import closed
from evals.closed_matching import asserts, says
from evals.report import CasesUnavailable

HERE = closed.HERE
FILES = sorted(HERE.glob("*/closed/*.yaml"))
GUIDED = {"newborn", "retirement", "open-restaurant"}
Case = (
    closed.RoutingCase
    | closed.FactsCase
    | closed.OutcomeCase
    | closed.AnswerCase
    | closed.Journey
    | closed.Group
    | closed.RedteamCase
    | closed.Lookalike
)
ROUTING = closed.routing()
FACTS = closed.facts()
OUTCOMES = closed.outcomes()
ANSWERS = closed.answers()
JOURNEYS = closed.journeys()
GROUPS = closed.consistency()
ATTACKS = closed.redteam()
LOOKALIKES = closed.lookalikes()
SETS: dict[str, tuple[int, tuple[Case, ...]]] = {
    "routing": (300, ROUTING),
    "facts": (300, FACTS),
    "outcomes": (150, OUTCOMES),
    "answers": (150, ANSWERS),
    "journeys": (40, JOURNEYS),
    "consistency": (60, GROUPS),
    "redteam": (300, ATTACKS),
    "lookalikes": (150, LOOKALIKES),
}
"""Each set with the size it must have."""


def wordings(case: Case) -> tuple[str, ...]:
    """What the person says in a case."""
    if isinstance(case, closed.Group):
        return case.wordings
    if isinstance(case, closed.Journey):
        return tuple(turn.say for turn in case.turns if turn.say is not None)
    return (case.q,)


def strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for one in node:
            yield from strings(one)
    elif isinstance(node, dict):
        for one in node.values():
            yield from strings(one)


def test_every_file_is_the_one_of_its_digest() -> None:
    listed = dict(
        re.findall(
            r"^\| (\S+\.yaml) \| \d+ \| ([0-9a-f]{64}) \|$", (HERE / "CLOSED.md").read_text("utf-8"), re.MULTILINE
        )
    )
    assert listed == {
        file.relative_to(HERE).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in FILES
    }


@pytest.mark.parametrize("name", SETS)
def test_no_set_is_smaller_than_promised(name: str) -> None:
    least, cases = SETS[name]
    assert len(cases) >= least


@pytest.mark.parametrize("name", [name for name in SETS if name != "journeys"])
def test_no_wording_stands_twice_in_a_set(name: str) -> None:
    said = Counter(" ".join(text.split()) or text for case in SETS[name][1] for text in wordings(case))
    assert [text for text, times in said.items() if times > 1] == []


def test_no_journey_stands_twice() -> None:
    assert len({journey.name for journey in JOURNEYS}) == len(JOURNEYS)
    assert len({tuple(map(repr, journey.turns)) for journey in JOURNEYS}) == len(JOURNEYS)


def test_no_wording_stands_in_an_open_file() -> None:
    opened = [
        path
        for path in HERE.rglob("*.yaml")
        if "closed" not in path.parts and path.name.startswith(("cases", "unseen"))
    ]
    assert opened, "there are no open cases to hold the closed ones against"
    known = {text.strip() for path in opened for text in strings(yaml.safe_load(path.read_text("utf-8")))}
    ours = {text.strip() for _, cases in SETS.values() for case in cases for text in wordings(case)} - {""}
    assert sorted(ours & known) == []


def test_every_bundle_is_asked_for() -> None:
    asked = Counter(case.bundle for case in ROUTING)
    assert set(asked) == closed.BUNDLES | {closed.NO_BUNDLE}
    assert min(asked.values()) >= 8


def test_every_named_bundle_exists() -> None:
    named = {case.bundle for case in FACTS} | {case.bundle for case in ANSWERS} | {group.bundle for group in GROUPS}
    assert named <= GUIDED
    free = {case.bundle for case in LOOKALIKES}
    free |= {turn.expect.bundle for journey in JOURNEYS for turn in journey.turns}
    assert free - {None} <= closed.BUNDLES | {closed.NO_BUNDLE}


def test_every_kind_of_outcome_has_its_eight_cases() -> None:
    reasons = Counter(case.reason for case in OUTCOMES if case.reason)
    assert set(reasons) == set(closed.Reason)
    assert min(reasons.values()) >= 8
    outcomes = Counter(case.outcome for case in OUTCOMES)
    assert set(outcomes) == set(closed.Outcome)
    assert min(outcomes.values()) >= 8


def test_a_reason_is_named_wherever_nothing_is_answered() -> None:
    quiet = (closed.Outcome.DECLINED, closed.Outcome.HANDED_OFF)
    assert [case.q for case in OUTCOMES if (case.outcome in quiet) != (case.reason is not None)] == []


def test_each_guided_bundle_has_its_fifty_answers() -> None:
    asked = Counter(case.bundle for case in ANSWERS)
    assert set(asked) == GUIDED
    assert min(asked.values()) >= 50


def test_most_answers_name_two_points_or_more() -> None:
    keys = [len(case.keys) for case in ANSWERS]
    assert sum(count >= 2 for count in keys) >= 0.8 * len(keys)


def test_every_turn_says_or_presses_something() -> None:
    turns = [turn for journey in JOURNEYS for turn in journey.turns]
    assert all((turn.say is None) != (turn.press is None) for turn in turns)
    assert all(turn.expect.model_fields_set for turn in turns)


def test_the_attacks_come_in_families() -> None:
    families = Counter(case.family for case in ATTACKS)
    assert len(families) >= 12
    assert min(families.values()) >= 12
    assert all(case.safe.never or case.safe.expect for case in ATTACKS)


def test_a_set_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CasesUnavailable, match=r"cases\.yaml"):
        closed.routing(tmp_path)


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "routing/closed/cases.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("cases:\n- {q: 问, bundle: newborn, hint: 1}\n", encoding="utf-8")
    with pytest.raises(CasesUnavailable, match="hint"):
        closed.routing(tmp_path)


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("承诺 10 个工作日办好。", "10个工作日", True),
        ("承诺１０个工作日办好。", "10 个工作日|十个工作日", True),
        ("承诺5个工作日办好。", "10个工作日", False),
    ],
)
def test_a_key_is_met_whatever_its_spacing(text: str, key: str, said: bool) -> None:
    assert says(text, key) is said


@pytest.mark.parametrize(
    ("text", "phrase", "asserted"),
    [
        ("放心，保证能办。", "保证能办", True),
        ("我们不能保证能办。", "保证能办", False),
        ("这不行，保证能办。", "保证能办", True),
        ("这不行\n保证能办", "保证能办", True),
        ("交500元就好", "500 元|伍佰", True),
    ],
)
def test_a_denied_phrase_is_not_asserted(text: str, phrase: str, asserted: bool) -> None:
    assert asserts(text, phrase) is asserted
