"""Read files in a supervised child process: its own memory, CPU and time limits, no network, none of our secrets.

A file that kills, hangs or confuses the child is blamed by name and becomes UNSURE; the next file gets a fresh child.
One child reads one file at a time; run one WorkerProcess per core.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from prereview.as_json import READ_FILE
from prereview.model import FileProblem, ReadFile
from prereview.ports import ReaderUnavailable
from prereview.wording import wording

_ROOT = Path(__file__).resolve().parents[2]
_START = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); import runpy; runpy.run_module({{!r}}, run_name='__main__')"


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one file may cost. Measured: models take 1.2 GiB of address space, a page about 2 CPU seconds."""

    memory_mib: int = 3072
    cpu_seconds: int = 120
    wall_seconds: float = 240.0
    start_seconds: float = 90.0
    answer_bytes: int = 128 * 1024 * 1024
    files_per_child: int = 200
    """A child is replaced after so many files, so that leaks of libraries stay bounded."""


class _ChildFailed(Exception):
    """The child died, hung or answered nonsense; `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WorkerProcess:
    """A PaperReader whose work happens elsewhere; `body` is `module:function` that makes the reader in the child."""

    def __init__(self, body: str, limits: WorkerLimits | None = None) -> None:
        self._body = body
        self._limits = limits or WorkerLimits()
        self._child: subprocess.Popen[bytes] | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None
        self._served = 0
        self._lock = threading.Lock()
        self.isolated = False
        """True once a child has said that it cannot reach any network."""

    def read(self, content: bytes, name: str) -> ReadFile:
        """Read one file; raises ReaderUnavailable only when no child could be started."""
        with self._lock:
            child = self._started()
            try:
                answer = self._ask(child, name, content)
                found = READ_FILE.validate_json(answer)
            except _ChildFailed as failed:
                self._stop()
                return _blamed(content, name, failed.reason)
            except ValidationError:
                self._stop()
                return _blamed(content, name, "crashed")
            self._served += 1
            if self._served >= self._limits.files_per_child:
                self._stop()
            return found

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._stop()

    def __enter__(self) -> WorkerProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._stop()
        self._home = tempfile.TemporaryDirectory(prefix="reader-")
        try:
            child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [
                    sys.executable,
                    "-I",
                    "-c",
                    _START.format("prereview.adapters.worker_child"),
                    self._body,
                    str(self._limits.memory_mib),
                    str(self._limits.cpu_seconds),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._home.name,
                env=_bare_environment(self._home.name),
                start_new_session=True,
            )
        except OSError as error:
            raise ReaderUnavailable(f"no reading process could be started: {error}") from error
        self._child, self._served = child, 0
        try:
            ready = json.loads(self._answer(child, time.monotonic() + self._limits.start_seconds))
        except (_ChildFailed, ValueError) as failed:
            self._stop()
            raise ReaderUnavailable("the reading process did not get ready") from failed
        self.isolated = bool(ready.get("isolated"))
        return child

    def _ask(self, child: subprocess.Popen[bytes], name: str, content: bytes) -> bytes:
        end = time.monotonic() + self._limits.wall_seconds
        for frame in (name.encode("utf-8", "replace"), content):
            self._tell(child, struct.pack(">Q", len(frame)) + frame, end)
        return self._answer(child, end)

    def _tell(self, child: subprocess.Popen[bytes], frame: bytes, end: float) -> None:
        if child.stdin is None:
            raise _ChildFailed("crashed")
        pipe, view = child.stdin.fileno(), memoryview(frame)
        os.set_blocking(pipe, False)
        while view:
            _, ready, _ = select.select([], [pipe], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise _ChildFailed("timed_out")
            try:
                view = view[os.write(pipe, view) :]
            except BlockingIOError:
                continue
            except OSError as gone:
                raise _ChildFailed("crashed") from gone

    def _answer(self, child: subprocess.Popen[bytes], end: float) -> bytes:
        (size,) = struct.unpack(">Q", b"".join(self._parts(child, 8, end)))
        if size > self._limits.answer_bytes:
            raise _ChildFailed("crashed")
        return b"".join(self._parts(child, size, end))

    def _parts(self, child: subprocess.Popen[bytes], size: int, end: float) -> Iterator[bytes]:
        if child.stdout is None:
            raise _ChildFailed("crashed")
        pipe = child.stdout.fileno()
        while size:
            ready, _, _ = select.select([pipe], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                raise _ChildFailed("timed_out")
            part = os.read(pipe, min(size, 1 << 20))
            if not part:
                raise _ChildFailed(_how_it_died(child))
            size -= len(part)
            yield part

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
        if self._home is not None:
            self._home.cleanup()
            self._home = None


def _how_it_died(child: subprocess.Popen[bytes]) -> str:
    """Say whether the kernel stopped it for its CPU time."""
    try:
        code = child.wait(timeout=5)
    except subprocess.TimeoutExpired:
        return "crashed"
    return "timed_out" if code in (-signal.SIGXCPU, -signal.SIGKILL) else "crashed"


def _blamed(content: bytes, name: str, reason: str) -> ReadFile:
    problem = FileProblem(reason, wording().problems[reason], certain=False)
    return ReadFile(name, hashlib.sha256(content).hexdigest(), "", (), problem)


def _bare_environment(home: str) -> dict[str, str]:
    """Give the child only what it needs to run: none of our keys, addresses or tokens."""
    return {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": home,
        "TMPDIR": home,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
