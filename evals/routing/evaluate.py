"""Ask every wording at the front door and see which matter it was taken for; no guess, no other city."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import yaml

from channels.wiring import House
from evals.door import ON, opened
from evals.report import CasesUnavailable, SuiteReport, judge, read_bars
from guides.condition import Value

HERE = Path(__file__).parent
OTHER_CITIES = ("深圳", "武汉市", "北京", "株洲", "广州市", "上海", "成都", "岳阳市")


class Case(Value):
    """A wording and the matter it is about; "none" where this library has no guide for it."""

    q: str
    bundle: str


class _Cases(Value):
    cases: tuple[Case, ...]


def evaluate(seed: int = 0, *, cases: Path | None = None) -> SuiteReport:
    """Measure routing; raises CasesUnavailable when the cases are missing."""
    began = time.perf_counter()
    path = cases or HERE / "cases.yaml"
    if not path.is_file():
        raise CasesUnavailable(f"没有题目文件 {path}")
    asked = _Cases.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))).cases
    with opened() as house:
        taken = [(case, _matter(house, case.q)) for case in asked]
        elsewhere = [(city, _matter(house, f"在{city}{words}")) for city in OTHER_CITIES for words in _ELSEWHERE]
    right = sum(case.bundle == matter for case, matter in taken)
    confusion = Counter(f"{case.bundle}>{matter}" for case, matter in taken if case.bundle != matter)
    safe = sum(matter == "none" for _, matter in elsewhere)
    return judge(
        "routing",
        seed,
        {
            "bundle_accuracy": (right / len(taken), len(taken)),
            "never_another_city": (safe / len(elsewhere), len(elsewhere)),
        },
        read_bars(HERE / "bar.toml"),
        config=dict(sorted(confusion.items())),
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


def _matter(house: House, question: str) -> str:
    """Give the matter whose list or answer was given; a matter merely mentioned with a refusal does not count."""
    answer = house.view(house.ask(question, on=ON, region=house.home_region, matter="", facts={}))
    if answer.outcome in ("declined", "handed_off") or answer.matter is None:
        return "none"
    return answer.matter.slug
