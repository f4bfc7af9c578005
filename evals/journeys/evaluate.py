"""Walk every conversation turn by turn at the front door, and hold each turn against what must be so by then."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from channels.wiring import House
from evals.closed import Expected, Journey, Outcome, Turn, journeys
from evals.closed_matching import asserts, says
from evals.door import opened
from evals.facts.evaluate import agrees
from evals.report import SuiteReport, judge, read_bars
from evals.shown import Shown, ask, latency

HERE = Path(__file__).parent
OPEN = HERE / "cases.yaml"
MATTER = "matter"
"""The button under 您要办哪件事？"""


@dataclass(frozen=True, slots=True)
class Step:
    """A turn with what was shown then."""

    turn: Turn
    shown: Shown


def evaluate(seed: int = 0, *, closed: bool = False, cases: Path | None = None) -> SuiteReport:
    """Measure conversations by turn and as a whole; raises CasesUnavailable."""
    began = time.perf_counter()
    walked = journeys() if closed else journeys(path=cases or OPEN)
    with opened() as house:
        steps = [walk(house, journey, f"journey-{number}") for number, journey in enumerate(walked)]
    broken = [
        (journey, number, list(unmet(step.turn.expect, step.shown)))
        for journey, taken in zip(walked, steps, strict=True)
        for number, step in enumerate(taken, 1)
    ]
    missed = [one for one in broken if one[2]]
    lost = {id(journey) for journey, _, _ in missed}
    times = [step.shown.milliseconds for taken in steps for step in taken]
    return judge(
        "journeys",
        seed,
        {
            "turns_held": (1 - len(missed) / len(broken) if broken else 0.0, len(broken)),
            "journeys_held": (1 - len(lost) / len(walked) if walked else 0.0, len(walked)),
        }
        | latency(times),
        read_bars(HERE / "bar.toml"),
        config=dict(sorted(Counter(why.partition(":")[0] for _, _, whys in missed for why in whys).items())),
        cases=len(walked),
        seconds=time.perf_counter() - began,
        misses=[{"journey": one.name, "turn": number, "unmet": "；".join(whys)} for one, number, whys in missed],
    )


def walk(house: House, journey: Journey, conversation: str) -> list[Step]:
    """Go through a conversation in its order."""
    return [Step(turn, _take(house, turn, conversation)) for turn in journey.turns]


def _take(house: House, turn: Turn, conversation: str) -> Shown:
    pressed = dict(turn.press or {})
    matter = str(pressed.pop(MATTER, ""))
    return ask(house, turn.say or "", matter=matter, facts=pressed, conversation=conversation)


def unmet(expect: Expected, shown: Shown) -> Iterator[str]:
    """Give every expectation that does not hold, as kind: detail."""
    ends = {expect.outcome, *expect.also} - {None}
    if ends and shown.outcome not in ends:
        yield f"outcome: {shown.outcome}"
    if expect.bundle is not None and expect.bundle != shown.bundle:
        yield f"bundle: {shown.bundle}"
    free = shown.outcome in (Outcome.ANSWERED, Outcome.ASKING) and shown.outcome in expect.also
    if expect.reason is not None and shown.reason is not expect.reason and not free:
        yield f"reason: {shown.reason.value if shown.reason else 'none'}"
    if expect.route is not None and expect.route != shown.route:
        yield f"route: {shown.route or 'none'}"
    read = shown.facts
    for name, gold in expect.facts.items():
        if name not in read or not agrees(read[name], gold):
            yield f"facts: {name} is {read.get(name, '—')}"
    everything = shown.everything
    yield from (f"says: {key}" for key in expect.says if not says(everything, key))
    yield from (f"never: {phrase}" for phrase in expect.never if asserts(everything, phrase))
