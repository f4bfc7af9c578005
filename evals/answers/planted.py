"""Bad answers, made from good ones: each must be caught, or the judge proves nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evals.answers.model import GivenAnswer, GivenCitation, GivenStatement
from guides.citations import citations_of
from guides.library import Library


@dataclass(frozen=True, slots=True)
class Planted:
    """One answer with one sentence made wrong, and how."""

    kind: str
    answer: GivenAnswer
    before: str
    after: str
    cites: str


_Change = Callable[[GivenStatement, random.Random, Library], GivenStatement | None]


def planted(answers: list[GivenAnswer], library: Library, seed: int, each: int) -> Iterator[Planted]:
    """Give up to `each` bad answers of every kind, spread over the answers."""
    chance = random.Random(seed)  # noqa: S311 — repeatable cases, not secrets
    for kind, change in _KINDS.items():
        order = [(answer, i) for answer in answers for i in range(len(answer.statements))]
        chance.shuffle(order)
        made = 0
        for answer, i in order:
            bad = change(answer.statements[i], chance, library)
            if bad is None or made >= each:
                continue
            made += 1
            statements = (*answer.statements[:i], bad, *answer.statements[i + 1 :])
            cites = "；".join(f"{given.source} {given.locator}" for given in bad.citations)
            spoilt = answer.model_copy(update={"statements": statements})
            yield Planted(kind, spoilt, answer.statements[i].text, bad.text, cites)


def _number_before(unit: str, factor: int) -> _Change:
    """Change a number in front of a unit into one that is far away."""

    def change(statement: GivenStatement, chance: random.Random, _library: Library) -> GivenStatement | None:
        matched = re.search(rf"(\d+)(?={unit})", statement.text)
        if matched is None:
            return None
        wrong = str(int(matched[1]) * factor + 7 + chance.randint(0, 1) * 10_000)
        text = statement.text[: matched.start()] + wrong + statement.text[matched.end() :]
        return statement.model_copy(update={"text": text})

    return change


def _invented_fee(statement: GivenStatement, chance: random.Random, _library: Library) -> GivenStatement | None:
    return statement.model_copy(
        update={"text": f"{statement.text.rstrip('。')}，收费{chance.choice((37, 86, 213))}元。"}
    )


def _date(statement: GivenStatement, _chance: random.Random, _library: Library) -> GivenStatement | None:
    matched = re.search(r"(\d{4})年", statement.text)
    if matched is None:
        return None
    return statement.model_copy(update={"text": statement.text.replace(matched[1], str(int(matched[1]) - 31), 1)})


def _dropped_not(statement: GivenStatement, _chance: random.Random, _library: Library) -> GivenStatement | None:
    places = [m.start() for m in re.finditer(r"不(?=[^。；，]{4,})", statement.text) if m.start() > 4]
    if not places or "两处说法不一" in statement.text[places[0] - 5 : places[0] + 2]:
        return None
    return statement.model_copy(update={"text": statement.text[: places[0]] + statement.text[places[0] + 1 :]})


def _moved(given: GivenCitation, locator: str) -> GivenCitation:
    return given.model_copy(update={"locator": locator})


def _clause(statement: GivenStatement, chance: random.Random, library: Library) -> GivenStatement | None:
    """Move the citation to a place that no guide rests on."""
    known = {(c.source, c.locator) for guide in library.guides for c in citations_of(guide)}
    places = ["第二条", "第一百九十九条", "approveList/不存在的事项", "basicInfo/areaName", "materialList/不存在的材料"]
    wrong = [place for place in places if all((given.source, place) not in known for given in statement.citations)]
    if not wrong:
        return None
    place = chance.choice(wrong)
    return statement.model_copy(update={"citations": tuple(_moved(given, place) for given in statement.citations)})


def _source(statement: GivenStatement, chance: random.Random, library: Library) -> GivenStatement | None:
    cited = {given.source for given in statement.citations}
    other = library.sources[chance.choice(sorted(library.sources.keys() - cited))]
    swapped = tuple(
        given.model_copy(update={"source": other.id, "title": other.title, "document_no": other.document_no})
        for given in statement.citations
    )
    return statement.model_copy(update={"citations": swapped})


def _renamed(statement: GivenStatement, _chance: random.Random, _library: Library) -> GivenStatement | None:
    renamed = tuple(given.model_copy(update={"document_no": "国发〔2099〕99号"}) for given in statement.citations)
    return statement.model_copy(update={"citations": renamed})


def _uncited(statement: GivenStatement, _chance: random.Random, _library: Library) -> GivenStatement | None:
    return statement.model_copy(update={"citations": ()})


_KINDS: dict[str, _Change] = {
    "days": _number_before("(?:个工作日|天|个月|周岁|岁)", 3),
    "fee": _invented_fee,
    "amount": _number_before("(?:元|年)", 1),
    "date": _date,
    "dropped_not": _dropped_not,
    "clause": _clause,
    "source": _source,
    "document_no": _renamed,
    "uncited": _uncited,
}
