"""Reads uploaded files in the background, one after the other, so that the pages stay quick.

The reading itself happens in a process of its own behind the PaperReader; here it is only handed over and waited for.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from assistant.ports import AssistantError
from channels.papers import Papers
from prereview.ports import PrereviewError, ReaderUnavailable, SubmissionInvalid

LOG = logging.getLogger("bancheng.worker")
SWEEP_SECONDS = 300.0
"""How often everything whose time is up is forgotten."""
PATIENCE_SECONDS = 5.0
"""Wait before a file is tried again for which no reading process could be started."""

Job = tuple[str, str]


class Worker:
    """Threads that take files from a queue; what was waiting before a restart is taken up again."""

    def __init__(self, papers: Papers, sweep: Callable[[], None], threads: int = 1) -> None:
        self._papers = papers
        self._sweep = sweep
        self._jobs: queue.Queue[Job | None] = queue.Queue()
        self._count = threads
        self._threads: list[threading.Thread] = []
        self._stop = threading.Event()

    def start(self) -> None:
        """Begin; first everything left over from before."""
        for job in self._papers.desk.submissions.waiting():
            self._jobs.put(job)
        readers = [threading.Thread(target=self._work, name=f"reader-{n}", daemon=True) for n in range(self._count)]
        self._threads = [*readers, threading.Thread(target=self._keep_clean, name="sweeper", daemon=True)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after the files being read now; the others wait for the next start."""
        self._stop.set()
        for _ in range(self._count):
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=5)

    def submit(self, submission: str, file: str) -> None:
        """Have a file read."""
        self._jobs.put((submission, file))

    def _work(self) -> None:
        while not self._stop.is_set():
            job = self._jobs.get()
            if job is not None:
                self._read(job)

    def _read(self, job: Job) -> None:
        try:
            self._papers.read(*job)
        except SubmissionInvalid:
            # Deleted by its owner, or its time was up: there is nothing left to read.
            return
        except ReaderUnavailable:
            # Tried again; the desk counts the attempts and in the end asks a person to look.
            LOG.warning("no reading process")
            if not self._stop.wait(PATIENCE_SECONDS):
                self._jobs.put(job)
        except PrereviewError as broken:
            # The file stays in the register as waiting and is taken up again at the next start.
            LOG.warning("not read: %s", type(broken).__name__)

    def _keep_clean(self) -> None:
        while not self._stop.is_set():
            try:
                self._sweep()
            except (PrereviewError, AssistantError) as broken:
                LOG.warning("not swept: %s", type(broken).__name__)
            self._stop.wait(SWEEP_SECONDS)
