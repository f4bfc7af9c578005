"""Measure the product's own index, with exactly the product's settings; with a model, words, vectors and both."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.passages import KIND, indexable, source_of
from channels.wiring import open_passages
from evals.report import Plain, SuiteReport, judge, read_bars
from evals.retrieval.library import Asked, LibraryCase, read_cases
from evals.retrieval.measures import DEPTH, mean, ndcg, recall
from evals.retrieval.public import PublicSet, read_ncp, read_stard
from guides.library import load_library
from ingestion.pipeline import index_passages
from ingestion.ports import Library, Where

HERE = Path(__file__).parent
DATA = HERE.parents[2] / "shared" / "data"
FOUND_WITHIN = 5
QUICK_STARD = 150
"""Questions of the statute set in a quick run; the index always holds all its 55,545 articles."""

Search = Callable[[str], list[str]]


@dataclass(slots=True)
class _Tally:
    """Figures and misses as they come in."""

    figures: dict[str, tuple[float, int]] = field(default_factory=dict)
    misses: list[Mapping[str, Plain]] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    cases: int = 0


def evaluate(
    seed: int = 0, *, model: str = "", quick: bool = False, cases: Path | None = None, data: Path = DATA
) -> SuiteReport:
    """Measure retrieval on public questions and on the library's own.

    `model` is a sentence-transformers model: the product's search then fuses words and vectors, and both are printed
    alone beside it. `quick` samples the statute questions. Raises CasesUnavailable when data or cases are missing.
    """
    began = time.perf_counter()
    tally = _Tally()
    own = read_cases(cases or HERE / "cases.yaml")
    with tempfile.TemporaryDirectory() as folder:
        _public(tally, "ncp", read_ncp(data), Path(folder) / "ncp", model, None)
        chosen = random.Random(seed) if quick else None  # noqa: S311  (a sample of questions, not a secret)
        _public(tally, "stard", read_stard(data), Path(folder) / "stard", "", chosen)
        _library(tally, own, Path(folder) / "library", model)
    times = sorted(tally.milliseconds)
    if times:
        tally.figures["search_ms_p50"] = (times[len(times) // 2], len(times))
        tally.figures["search_ms_p95"] = (times[int(len(times) * 0.95)], len(times))
    return judge(
        "retrieval",
        seed,
        tally.figures,
        read_bars(HERE / "bar.toml"),
        config={"model": model, "quick": quick, "depth": DEPTH},
        cases=tally.cases,
        seconds=time.perf_counter() - began,
        misses=tally.misses,
    )


def _public(
    tally: _Tally, name: str, public: PublicSet, folder: Path, model: str, sample: random.Random | None
) -> None:
    index = open_passages(folder, embedder=model)
    index.replace_many(public.documents.items())
    asked = sorted(question for question in public.relevant if question in public.questions)
    if sample is not None:
        asked = sorted(sample.sample(asked, min(QUICK_STARD, len(asked))))
    _score(tally, name, public, asked, lambda text: [hit.passage.id for hit in index.search(text, Where(), DEPTH)])
    if model:
        alone = open_passages(folder)
        _score(
            tally,
            f"{name}_lexical",
            public,
            asked,
            lambda text: [hit.passage.id for hit in alone.search(text, Where(), DEPTH)],
        )
        _score(tally, f"{name}_vector", public, asked, lambda text: [one for one, _ in index.nearest(text, DEPTH)])
        tally.figures[f"{name}_fused_ndcg10"] = tally.figures[f"{name}_ndcg10"]


def _score(tally: _Tally, name: str, public: PublicSet, asked: Sequence[str], search: Search) -> None:
    gains, recalled = [], []
    for question in asked:
        began = time.perf_counter()
        found = search(public.questions[question])
        tally.milliseconds.append((time.perf_counter() - began) * 1000)
        relevant = public.relevant[question]
        gains.append(ndcg(found, relevant))
        recalled.append(recall(found, relevant))
        if not recalled[-1]:
            wanted = "、".join(relevant)
            tally.misses.append({"set": name, "ask": public.questions[question], "wanted": wanted})
    tally.cases += len(asked)
    tally.figures[f"{name}_ndcg10"] = (mean(gains), len(gains))
    tally.figures[f"{name}_recall10"] = (mean(recalled), len(recalled))


def _library(tally: _Tally, cases: Sequence[LibraryCase], folder: Path, model: str) -> None:
    library = load_library()
    index = open_passages(folder, embedder=model)
    index_passages(index, indexable(library), kind=KIND)
    slugs = {source_of(guide): guide.slug for guide in library.guides}
    regions = tuple({guide.region for guide in library.guides} | {""})
    asked = list(_asked(index, cases, slugs, Where(regions=regions)))
    tally.cases += len(asked)
    tally.figures["library_found5"] = (mean([float(one.is_found) for one in asked]), len(asked))
    tally.figures["library_bundle"] = (mean([float(one.is_right_bundle) for one in asked]), len(asked))
    tally.misses.extend(
        {
            "set": "library",
            "ask": one.case.ask,
            "wanted": f"{one.case.bundle}: {'、'.join(one.case.places)}",
            "found": "、".join(f"{bundle}/{place}" for bundle, place in one.found),
        }
        for one in asked
        if not (one.is_found and one.is_right_bundle)
    )


def _asked(index: Library, cases: Sequence[LibraryCase], slugs: Mapping[str, str], where: Where) -> Iterator[Asked]:
    for case in cases:
        hits = index.search(case.ask, where, FOUND_WITHIN)
        yield Asked(case, tuple((slugs[hit.passage.source], hit.passage.locator) for hit in hits))
