"""Public questions with marked passages: policy questions of 2020, and lay questions about statutes."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.report import CasesUnavailable
from ingestion.model import Passage

_OPENING = re.compile(r"^\S{4,}")
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class PublicSet:
    """Documents as passages, questions, and which passages answer them."""

    documents: Mapping[str, tuple[Passage, ...]]
    questions: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, int]]


def read_ncp(data: Path) -> PublicSet:
    """Read the policy questions; each document's title is recovered from its opening and stands in every passage."""
    folder = _folder(data, "ncp_covid_policy")
    pieces: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for record in _records(folder / "corpus.jsonl"):
        document, _, number = record["id"].rpartition("-")
        pieces[document].append((int(number), record["id"], record["text"]))
    documents = {}
    for document, found in pieces.items():
        ordered = sorted(found)
        title = title_of(ordered[0][2])
        documents[document] = tuple(Passage(name, document, title, name, text) for _, name, text in ordered)
    questions = {record["id"]: record["text"] for record in _records(folder / "queries.jsonl")}
    return PublicSet(documents, questions, _marks(folder / "qrels.tsv"))


def read_stard(data: Path) -> PublicSet:
    """Read the lay questions about statutes (their training part), with the articles of 2023."""
    folder = _folder(data, "stard_law")
    articles: dict[str, list[Passage]] = defaultdict(list)
    for record in _records(folder / "corpus.jsonl.gz"):
        law = record["law"]
        articles[law].append(Passage(record["id"], law, record["title"], record["id"], record["text"]))
    questions = {record["id"]: record["text"] for record in _records(folder / "queries_train.jsonl")}
    documents = {law: tuple(found) for law, found in articles.items()}
    return PublicSet(documents, questions, _marks(folder / "qrels_train.tsv"))


def title_of(opening: str) -> str:
    """Recover the title a document opens with: its words up to the first space, at most 60 characters."""
    matched = _OPENING.match(opening.strip())
    words = matched.group() if matched else opening.strip()
    return words[:_LONGEST_TITLE]


def _folder(data: Path, name: str) -> Path:
    folder = data / name
    if not folder.is_dir():
        raise CasesUnavailable(f"../shared/data/{name} is missing: lay the data folder beside the project")
    return folder


def _records(path: Path) -> Iterator[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if line.strip():
                    yield json.loads(line)
    except OSError as missing:
        raise CasesUnavailable(f"{path.name} of ../shared/data cannot be read: {missing}") from missing


def _marks(path: Path) -> dict[str, dict[str, int]]:
    marks: dict[str, dict[str, int]] = defaultdict(dict)
    try:
        rows = path.read_text(encoding="utf-8").splitlines()[1:]
    except OSError as missing:
        raise CasesUnavailable(f"{path.name} of ../shared/data cannot be read: {missing}") from missing
    for row in rows:
        question, passage, mark = row.split("\t")
        marks[question][passage] = int(mark)
    return dict(marks)
