"""One version of the index on disk: written once, mapped into memory by any number of readers, never changed."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ingestion.adapters.lexical_arrays import Floats, Postings, Rows
from ingestion.adapters.lexical_tokens import Ints
from ingestion.ports import SourceUnavailable

OPEN_START = 0
OPEN_END = date.max.toordinal()
_POINTER = "CURRENT"


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """One document in a snapshot: `rows` rows from `first_row` on; `content` changes when the document does."""

    source: str
    content: str
    title: str
    digest: str
    kind: str
    first_row: int
    rows: int
    valid_from: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a search needs, as arrays; rows are passages, in order of source and of place in it."""

    name: str
    sources: tuple[SourceEntry, ...]
    postings: Postings
    impacts: Floats
    region_names: tuple[str, ...]
    regions: Rows
    """Per row an index into region_names."""
    valid_from: Rows
    """Per row the first day, as an ordinal."""
    valid_to: Rows
    offsets: Ints
    """Row i is lines[offsets[i]:offsets[i + 1]]."""
    lines: npt.NDArray[np.uint8]

    def line(self, row: int) -> bytes:
        """Give the stored passage of a row."""
        return bytes(self.lines[int(self.offsets[row]) : int(self.offsets[row + 1])])


def nothing() -> Snapshot:
    """Give the snapshot of an empty library."""
    empty = np.zeros(0, dtype=np.int32)
    return Snapshot(
        "", (), Postings.none(), empty.astype(np.float32), (), empty, empty, empty,
        np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.uint8),
    )  # fmt: skip


def version_name(sources: Sequence[tuple[str, str]]) -> str:
    """Name a version by what it holds: the same documents give the same name."""
    return hashlib.sha256(json.dumps(sorted(sources)).encode()).hexdigest()[:20]


class SnapshotStore:
    """A folder of versions and a pointer to the one in force."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self) -> str:
        """Give the name of the version in force; "" when none was ever written."""
        try:
            return (self._folder / _POINTER).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as broken:
            raise SourceUnavailable(f"the index cannot be read: {broken}") from broken

    def load(self) -> Snapshot:
        """Map the version in force into memory. A version swapped away while it is opened is opened anew."""
        for _ in range(5):
            name = self.current()
            if not name:
                return nothing()
            try:
                return self._open(name)
            except FileNotFoundError:
                continue
            except (OSError, ValueError, KeyError, TypeError) as broken:
                raise SourceUnavailable(f"the index is damaged ({broken}): build it again") from broken
        raise SourceUnavailable("the index is damaged: its version in force is missing, build it again")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one writer's lock. Raises SourceUnavailable when another process is writing."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                raise SourceUnavailable("another process is writing the index; try again when it is done") from busy
            try:
                yield
            finally:
                fcntl.flock(lock, fcntl.LOCK_UN)

    def publish(self, snapshot: Snapshot) -> None:
        """Write a version whole, then point to it in one step, then drop versions nobody opens any more."""
        versions = self._folder / "versions"
        draft = versions / f".draft-{os.getpid()}-{snapshot.name}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        try:
            _write(draft, snapshot)
            target = versions / snapshot.name
            shutil.rmtree(target, ignore_errors=True)
            draft.rename(target)
        except OSError as broken:
            shutil.rmtree(draft, ignore_errors=True)
            raise SourceUnavailable(f"the index cannot be written: {broken}") from broken
        before = self.current()
        pointer = self._folder / f".{_POINTER}-{os.getpid()}"
        pointer.write_text(snapshot.name, encoding="ascii")
        pointer.replace(self._folder / _POINTER)
        self._drop_all_but(snapshot.name, before)

    def _drop_all_but(self, *kept: str) -> None:
        for version in (self._folder / "versions").iterdir():
            if version.name not in kept:
                shutil.rmtree(version, ignore_errors=True)

    def _open(self, name: str) -> Snapshot:
        folder = self._folder / "versions" / name
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))

        def array(stem: str) -> npt.NDArray[np.generic]:
            return np.asarray(np.load(folder / f"{stem}.npy", mmap_mode="r"))

        postings = Postings(
            tokens=array("tokens").astype(np.int64, copy=False),
            starts=array("starts").astype(np.int64, copy=False),
            rows=array("rows").astype(np.int32, copy=False),
            counts=array("counts").astype(np.uint16, copy=False),
            lengths=array("lengths").astype(np.int32, copy=False),
        )
        return Snapshot(
            name=name,
            sources=tuple(SourceEntry(**entry) for entry in meta["sources"]),
            postings=postings,
            impacts=array("impacts").astype(np.float32, copy=False),
            region_names=tuple(meta["regions"]),
            regions=array("regions").astype(np.int32, copy=False),
            valid_from=array("valid_from").astype(np.int32, copy=False),
            valid_to=array("valid_to").astype(np.int32, copy=False),
            offsets=array("offsets").astype(np.int64, copy=False),
            lines=array("lines").astype(np.uint8, copy=False),
        )


def _write(folder: Path, snapshot: Snapshot) -> None:
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "tokens": snapshot.postings.tokens,
        "starts": snapshot.postings.starts,
        "rows": snapshot.postings.rows,
        "counts": snapshot.postings.counts,
        "lengths": snapshot.postings.lengths,
        "impacts": snapshot.impacts,
        "regions": snapshot.regions,
        "valid_from": snapshot.valid_from,
        "valid_to": snapshot.valid_to,
        "offsets": snapshot.offsets,
        "lines": snapshot.lines,
    }
    for stem, values in arrays.items():
        np.save(folder / f"{stem}.npy", values)
    meta = {"sources": [asdict(entry) for entry in snapshot.sources], "regions": list(snapshot.region_names)}
    (folder / "meta.json").write_text(json.dumps(meta, ensure_ascii=False), encoding="utf-8")
