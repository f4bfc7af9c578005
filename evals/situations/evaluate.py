"""Every named situation of every guide against the list it must give: route, every status, who comes, what is first."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from evals.report import SuiteReport, judge, read_bars
from guides.checklist import Checklist
from guides.library import Entry, Library, load_library
from guides.model import Example
from guides.rules import checklist, read_facts

BARS = Path(__file__).parent / "bar.toml"


def evaluate(seed: int = 0) -> SuiteReport:
    """Judge all named situations; official-sourced and self-authored ones are reported apart."""
    began = time.perf_counter()
    library = load_library()
    cases = [(entry, example) for entry in library.entries for example in entry.examples]
    wrong = {(entry.guide.slug, example.name): list(_differences(library, entry, example)) for entry, example in cases}
    measured = {"exact": _share(wrong, cases, None), "situations": (float(len(cases)), len(cases))}
    for origin in ("official", "own"):
        if any(example.origin == origin for _, example in cases):
            measured[f"exact_{origin}"] = _share(wrong, cases, origin)
    return judge(
        "situations",
        seed,
        measured,
        read_bars(BARS),
        config={"bundles": len(library.entries)},
        cases=len(cases),
        seconds=time.perf_counter() - began,
        misses=[
            {"bundle": slug, "situation": name, "differences": "；".join(found)}
            for (slug, name), found in wrong.items()
            if found
        ],
    )


def _share(
    wrong: dict[tuple[str, str], list[str]], cases: list[tuple[Entry, Example]], origin: str | None
) -> tuple[float, int]:
    chosen = [(entry.guide.slug, example.name) for entry, example in cases if origin in (None, example.origin)]
    return (sum(not wrong[case] for case in chosen) / len(chosen) if chosen else 0.0), len(chosen)


def _differences(library: Library, entry: Entry, example: Example) -> Iterator[str]:
    situation = read_facts(entry.guide, example.facts)
    made = checklist(entry.guide, situation, on=example.on, sources=library.sources)
    if made.route.id != example.route:
        yield f"路线应为 {example.route}，得到 {made.route.id or '未定'}"
    yield from _lines(made, example)
    for what, wanted, found in (
        ("先办好", example.prerequisites, tuple(p.id for p in made.prerequisites)),
        ("到场", example.presence, tuple(p.id for p in made.presence)),
    ):
        if wanted is not None and set(wanted) != set(found):
            yield f"{what}应为 {wanted}，得到 {found}"


def _lines(made: Checklist, example: Example) -> Iterator[str]:
    found = {item.requirement: item for item in made.items}
    for name in found.keys() - example.items.keys():
        yield f"例子没写材料 {name}"
    for name, status in example.items.items():
        item = found.get(name)
        if item is None:
            yield f"清单里没有材料 {name}"
        elif item.status is not status:
            yield f"{name} 应为 {status}，得到 {item.status}"
        elif not item.citations or not item.reason.strip("。；"):
            yield f"{name} 没有理由或依据"
