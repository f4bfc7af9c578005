"""The pre-review's front door for the judge: supervised reading processes, and the person's own list as everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from queue import SimpleQueue

from channels.wiring import HOME_REGION, open_reader
from evals.prereview.bundles import Fact
from guides.library import Library, load_library
from guides.model import Guide
from guides.rules import checklist, read_facts
from prereview.model import ReadFile, Report
from prereview.pipeline import judge
from prereview.ports import PaperReader


@dataclass(frozen=True, slots=True)
class Door:
    """Reads with as many readers as there are, judges against the newborn list of the home region."""

    library: Library
    guide: Guide
    readers: SimpleQueue[PaperReader]
    width: int

    def read(self, content: bytes, name: str) -> ReadFile:
        """Read one file with the next free reader."""
        reader = self.readers.get()
        try:
            return reader.read(content, name)
        finally:
            self.readers.put(reader)

    def judge(self, facts: Mapping[str, Fact], files: Sequence[ReadFile], on: date) -> Report:
        """Judge what was read against the list these facts give on that day."""
        situation = read_facts(self.guide, facts)
        listed = checklist(self.guide, situation, on=on, sources=self.library.sources)
        return judge(files, listed, situation, on, questions=self.guide.questions)


@contextmanager
def reviewing(width: int = 2) -> Iterator[Door]:
    """Open the door with that many reading processes (one per core), and end them afterwards."""
    library = load_library()
    guide = library.find("newborn", HOME_REGION)
    if guide is None:
        raise LookupError("the library holds no newborn guide for the home region")
    readers: SimpleQueue[PaperReader] = SimpleQueue()
    with ExitStack() as stack:
        for _ in range(width):
            readers.put(stack.enter_context(open_reader()))
        yield Door(library, guide, readers, width)
