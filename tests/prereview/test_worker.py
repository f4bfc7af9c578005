"""A poisoned file kills only itself, is blamed by name, and becomes UNSURE."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from prereview.adapters.worker_process import WorkerLimits, WorkerProcess
from prereview.ports import ReaderUnavailable

LIMITS = WorkerLimits(memory_mib=2048, cpu_seconds=4, wall_seconds=8.0, start_seconds=60.0)


@pytest.fixture(scope="module")
def worker() -> Iterator[WorkerProcess]:
    with WorkerProcess("tests.prereview.bodies:make", LIMITS) as worker:
        yield worker


def test_a_good_file_comes_back(worker: WorkerProcess) -> None:
    content = os.urandom(300_000)
    read = worker.read(content, "good")
    assert read.problem is None
    assert read.pages[0].image == content


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("segfault", "crashed"),
        ("exit", "crashed"),
        ("raise", "crashed"),
        ("nonsense", "crashed"),
        ("lie", "crashed"),
        ("hang", "timed_out"),
        ("spin", "timed_out"),
    ],
)
def test_a_poisoned_file_is_blamed_and_the_next_is_read(worker: WorkerProcess, name: str, reason: str) -> None:
    read = worker.read(b"poison", name)
    assert read.name == name
    assert read.problem is not None
    assert read.problem.reason == reason
    assert not read.problem.certain, "our failure is UNSURE, not the person's fault"
    assert worker.read(b"next", "good").problem is None


def test_no_file_takes_all_the_memory(worker: WorkerProcess) -> None:
    read = worker.read(b"poison", "memory")
    assert read.problem is not None
    assert worker.read(b"next", "good").problem is None


def test_nothing_of_ours_is_inherited(worker: WorkerProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANCHENG_SECRET", "key of the house")
    with WorkerProcess("tests.prereview.bodies:make", LIMITS) as fresh:
        names = fresh.read(b"x", "environment").name.split()
    assert "PATH" in names
    assert not [name for name in names if "SECRET" in name or name.startswith("BANCHENG")]


def test_what_libraries_print_disturbs_nothing(worker: WorkerProcess) -> None:
    assert worker.read(b"x", "print").problem is None
    assert worker.read(b"y", "good").problem is None


def test_no_network_is_reached(worker: WorkerProcess) -> None:
    read = worker.read(b"x", "socket")
    assert read.problem is not None
    assert worker.read(b"y", "good").problem is None
    assert worker.isolated in (True, False), "whether the kernel lets us isolate is said, not assumed"


def test_no_endless_file_is_written(worker: WorkerProcess) -> None:
    assert worker.read(b"x", "write").problem is not None


def test_a_child_is_replaced_after_its_share_of_files() -> None:
    limits = WorkerLimits(memory_mib=2048, cpu_seconds=5, wall_seconds=10.0, start_seconds=60.0, files_per_child=1)
    with WorkerProcess("tests.prereview.bodies:make", limits) as worker:
        assert worker.read(b"x", "good").problem is None
        assert worker.read(b"y", "good").problem is None


@pytest.mark.parametrize("body", ["tests.prereview.bodies:never", "no.such.module:make"])
def test_a_reader_that_cannot_start_is_unavailable(body: str) -> None:
    with WorkerProcess(body, LIMITS) as worker, pytest.raises(ReaderUnavailable):
        worker.read(b"x", "good")
