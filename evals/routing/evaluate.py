"""Ask every wording at the front door and see which matter it was taken for; no guess, no other city."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

from evals import closed as closed_half
from evals.closed import NO_BUNDLE, Outcome
from evals.door import ON, opened
from evals.report import SuiteReport, judge, read_bars
from evals.shown import ask, latency

HERE = Path(__file__).parent
OTHER_CITIES = ("深圳", "武汉市", "北京", "株洲", "广州市", "上海", "成都", "岳阳市")


def evaluate(seed: int = 0, *, closed: bool = False, cases: Path | None = None) -> SuiteReport:
    """Measure routing; raises CasesUnavailable.

    `unseen.yaml` beside the open half is only told (`bundle_unseen`): nobody works with its wordings.
    The confusions are in the configuration, one count per pair: `newborn>asked` was asked back which matter it is.
    """
    began = time.perf_counter()
    asked = closed_half.routing() if closed else closed_half.routing(path=cases or HERE / "cases.yaml")
    with opened() as house:
        shown = [(case, ask(house, case.q)) for case in asked]
        apart = [] if closed or cases else closed_half.routing(path=HERE / "unseen.yaml")
        unseen = sum(ask(house, case.q).bundle == case.bundle for case in apart)
        elsewhere = [(city, ask(house, f"在{city}{words}").bundle) for city in OTHER_CITIES for words in _ELSEWHERE]
    taken = [(case, one.bundle) for case, one in shown]
    right = sum(case.bundle == matter for case, matter in taken)
    confusion = Counter(
        f"{case.bundle}>{'asked' if one.outcome == Outcome.ASKING and one.bundle == NO_BUNDLE else one.bundle}"
        for case, one in shown
        if case.bundle != one.bundle
    )
    safe = sum(matter == "none" for _, matter in elsewhere)
    return judge(
        "routing",
        seed,
        {
            "bundle_accuracy": (right / len(taken), len(taken)),
            "never_another_city": (safe / len(elsewhere), len(elsewhere)),
        }
        | ({"bundle_unseen": (unseen / len(apart), len(apart))} if apart else {})
        | latency([one.milliseconds for _, one in shown]),
        read_bars(HERE / "bar.toml"),
        config={"on": ON.isoformat(), **dict(sorted(confusion.items()))},
        cases=len(taken) + len(elsewhere),
        seconds=time.perf_counter() - began,
        misses=[
            {"question": case.q, "bundle": case.bundle, "taken": matter}
            for case, matter in taken
            if case.bundle != matter
        ]
        + [{"question": city, "bundle": "none", "taken": matter} for city, matter in elsewhere if matter != "none"],
    )


_ELSEWHERE = ("给新生儿上户口要带什么", "办退休要什么材料", "开餐馆要办哪些证")
