"""Put a lying model behind the product's own settings, ask real questions, and see what reaches the person.

Every lie is told twice: once as the product is, once with a proof that believes everything. If the lies did not come
through there, catching them here would prove nothing.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from channels.settings import Settings
from channels.wiring import House, open_house
from evals.answers.evaluate import Case, read_cases
from evals.answers.model import GivenAnswer
from evals.door import ON
from evals.lies.believing import believing
from evals.lies.judging import differences, let_through
from evals.lies.server import Asked, Reply, ScriptedModel, serving
from evals.lies.telling import FAILING, FAILURES, KINDS, Lie, lie, passages, proposals, told
from evals.lies.truthful import MANNERS, STRICT, worded
from evals.report import Plain, SuiteReport, judge, read_bars

HERE = Path(__file__).parent
SUITE = "lies"
EACH, FEW = 24, 3
"""Questions per way of lying, and in a quick run."""
SECONDS, HURRIED = 8.0, 0.5
"""What a model may take of an answer: never so little that a willing one is cut short, but where one keeps waiting."""
SPARE = 2.0
"""Seconds beyond the limit that a busy machine may take for the answer itself."""


@dataclass
class _Tally:
    """What was counted."""

    told: Counter[str] = field(default_factory=Counter)
    through: Counter[str] = field(default_factory=Counter)
    believed: Counter[str] = field(default_factory=Counter)
    seen: int = 0
    answered: int = 0
    asked: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    offered: Counter[str] = field(default_factory=Counter)
    misses: list[Mapping[str, Plain]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Bench:
    """The same product without a model, with one, with one that is believed, and with one in a hurry."""

    model: ScriptedModel
    rules: House
    guarded: House
    credulous: House
    hurried: House
    names: tuple[str, ...]


def evaluate(seed: int = 0, *, quick: bool = False, cases: Path | None = None) -> SuiteReport:
    """Measure what reaches a person from a model that lies or fails; raises CasesUnavailable."""
    began = time.perf_counter()
    questions = read_cases(cases or HERE.parent / "answers" / "cases.yaml")
    each, questions = (FEW, questions[::4]) if quick else (EACH, questions)
    tally = _Tally()
    with _bench() as bench:
        given = _offered(bench, questions, seed)
        for kind in KINDS:
            _lied_to(bench, kind, given, each, tally)
        for kind in FAILURES:
            _failed(bench, kind, given, each, tally)
        for manner in MANNERS:
            _told_truly(bench, manner, given, each, tally)
        unclean = sum(_shows_people(one) for one in bench.model.asked)
        requests = len(bench.model.asked)
    lies = sum(tally.told[kind] for kind in KINDS)
    every = sum(tally.told.values())
    fair = [manner for manner in MANNERS if manner not in STRICT]
    offered = sum(tally.offered[manner] for manner in fair)
    measured = {
        "let_through": (sum(tally.through.values()) / every if every else 1.0, every),
        "answered": (tally.answered / tally.asked if tally.asked else 0.0, tally.asked),
        "let_through_ungrounded": (sum(tally.believed.values()) / lies if lies else 0.0, lies),
        "ways": (float(len([kind for kind in tally.told if tally.told[kind] >= min(each, FEW)])), every),
        "kept": (sum(tally.kept[manner] for manner in fair) / offered if offered else 0.0, offered),
        "unclean_requests": (float(unclean), requests),
        "seen_by_comparison": (tally.seen / max(1, sum(tally.believed.values())), sum(tally.believed.values())),
    }
    by_kind: dict[str, Plain] = {f"told_{kind}": count for kind, count in sorted(tally.told.items())}
    by_kind |= {f"believed_{kind}": tally.believed[kind] for kind in KINDS}
    by_kind |= {f"kept_{manner}": f"{tally.kept[manner]}/{tally.offered[manner]}" for manner in MANNERS}
    return judge(
        SUITE,
        seed,
        measured,
        read_bars(HERE / "bar.toml"),
        config={"on": ON.isoformat(), "each": each, **by_kind},
        cases=tally.asked,
        seconds=time.perf_counter() - began,
        misses=tally.misses,
    )


# --- the three runs ---------------------------------------------------------------------------------------------------


def _lied_to(bench: _Bench, kind: str, given: Sequence[_Offered], each: int, tally: _Tally) -> None:
    """Tell one kind of lie about as many questions as it fits."""
    fitting = [(one, made) for one in given if (made := lie(kind, one.passages)) is not None][:each]
    for one, made in fitting:
        bench.model.script = _script(partial(told, made))
        shown = _guarded(bench.guarded, one, tally, kind, SECONDS)
        tally.told[kind] += 1
        if shown is not None and _wrong(bench, kind, made, shown, one, tally):
            tally.through[kind] += 1
        believed = _ask(bench.credulous, one.case)
        if let_through(made, believed, one.rules):
            tally.believed[kind] += 1
            tally.seen += any(True for _ in differences(believed, one.rules, bench.names))
        else:
            tally.misses.append({"kind": kind, "not_told": made.text, "question": one.case.q})


def _failed(bench: _Bench, kind: str, given: Sequence[_Offered], each: int, tally: _Tally) -> None:
    """Fail in one way, each time with a lie in it; in between answer well, or the model would be left to rest."""
    for one in given[:each]:
        bench.model.script = _script(FAILURES[kind])
        shown = _guarded(bench.hurried, one, tally, kind, HURRIED)
        tally.told[kind] += 1
        false = Lie(1, FAILING, (), FAILING)
        if shown is not None and _wrong(bench, kind, false, shown, one, tally):
            tally.through[kind] += 1
        bench.model.script = _script(partial(told, None))
        _ask(bench.hurried, one.case)


def _told_truly(bench: _Bench, manner: str, given: Sequence[_Offered], each: int, tally: _Tally) -> None:
    """Word every passage in a manner of speech and count the sentences that are shown so."""
    fitting = [one for one in given if worded(manner, one.passages)[1]][:each]
    for one in fitting:
        bench.model.script = _script(partial(_worded, manner))
        shown = _guarded(bench.guarded, one, tally, manner, SECONDS)
        if shown is None:
            continue
        changed = worded(manner, one.passages)[1]
        texts = {statement.text for statement in shown.statements if statement.origin == "model"}
        tally.kept[manner] += sum(text in texts for text in changed)
        tally.offered[manner] += len(changed)
        if manner not in STRICT:
            tally.misses.extend({"kind": f"true_{manner}", "not_kept": text} for text in changed if text not in texts)


def _worded(manner: str, given: Sequence[str]) -> Reply:
    return worded(manner, given)[0]


def _wrong(bench: _Bench, kind: str, made: Lie, shown: GivenAnswer, one: _Offered, tally: _Tally) -> bool:
    found = list(differences(shown, one.rules, bench.names))
    if let_through(made, shown, one.rules):
        found.append("谎话原样出现")
    tally.misses.extend({"kind": kind, "question": one.case.q, "lie": made.text, "shown": detail} for detail in found)
    return bool(found)


# --- asking -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Offered:
    """A question, the passages a model is given for it, and what is shown without a model."""

    case: Case
    passages: tuple[str, ...]
    rules: GivenAnswer


def _offered(bench: _Bench, questions: Sequence[Case], seed: int) -> list[_Offered]:
    """Ask every question once of a truthful model; those for which it is given nothing to word are left out."""
    bench.model.script = _script(partial(told, None))
    found: list[_Offered] = []
    turned = seed % len(questions)
    for case in (*questions[turned:], *questions[:turned]):
        before = len(bench.model.asked)
        _ask(bench.guarded, case)
        texts = [text for asked in bench.model.asked[before:] for text in passages(asked)]
        if texts:
            found.append(_Offered(case, tuple(texts), _ask(bench.rules, case)))
    return found


def _script(reply: Callable[[Sequence[str]], Reply]) -> Callable[[Asked], Reply]:
    """Answer a request to word passages so; whatever else is asked is answered with a lie."""

    def script(asked: Asked) -> Reply:
        given = passages(asked)
        return reply(given) if given else proposals(asked)

    return script


def _guarded(house: House, one: _Offered, tally: _Tally, kind: str, limit: float) -> GivenAnswer | None:
    """Ask, and count whether an answer came in time; None where none came."""
    tally.asked += 1
    began = time.perf_counter()
    shown = _ask(house, one.case)
    took = time.perf_counter() - began
    if took > limit + SPARE or not (shown.statements or shown.message):
        tally.misses.append({"kind": kind, "question": one.case.q, "shown": f"{took:.1f} 秒后才答，或者没有答"})
        return None
    tally.answered += 1
    return shown


def _ask(house: House, case: Case) -> GivenAnswer:
    answer = house.ask(case.q, on=ON, region=house.home_region, matter=case.bundle, facts=case.facts or {})
    return GivenAnswer.model_validate_json(house.view(answer).model_dump_json())


def _shows_people(asked: Asked) -> bool:
    """Tell whether a request carries a long number, a mail address or the address of a page."""
    return re.search(r"[0-9]{11,}|@|https?://|www\.", asked.words) is not None


@contextmanager
def _bench() -> Iterator[_Bench]:
    def silent(_asked: Asked) -> Reply:
        return Reply("{}")

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bancheng-evals-")))
        model = stack.enter_context(serving(silent))

        def house(seconds: float, *, with_model: bool = True, believe: bool = False) -> House:
            given: dict[str, str | float | Path] = {"home": folder}
            if with_model:
                given |= {"model_url": model.url, "model": "scripted", "model_seconds": seconds}
                given |= {"model_tokens": 10**9}
            settings = Settings.model_validate(given)
            made = open_house(settings, proving=believing) if believe else open_house(settings)
            stack.callback(made.close)
            return made

        rules = house(SECONDS, with_model=False)
        names = {material.name for guide in rules.local_guides for material in guide.materials}
        names |= {service.agency for guide in rules.local_guides for service in guide.services}
        yield _Bench(
            model,
            rules,
            house(SECONDS),
            house(SECONDS, believe=True),
            house(HURRIED),
            tuple(sorted(name for name in names if len(name) > 2)),
        )
