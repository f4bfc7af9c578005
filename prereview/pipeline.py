"""The table of contents of the pre-review: admit, read, recognise, extract, check, report.

`read_pages` depends on the bytes alone, so that a picture is read once and kept by its digest; `judge` depends on what
was read, on the person's own list and on the planned day; `review` is both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from guides.checklist import Checklist
from guides.model import Question
from guides.situation import Situation
from ingestion.model import Limits
from ingestion.pipeline import read_document
from ingestion.ports import DocumentInvalid, FileReader, OcrEngine
from prereview.case import Case
from prereview.model import FileProblem, ReadFile, Report, UploadedFile
from prereview.ports import PageEye, PaperReader
from prereview.profiles import Profiles, profiles
from prereview.sorting import papers_of, sort_papers
from prereview.steps import admit
from prereview.steps import read as reading
from prereview.steps.check import run_checks
from prereview.steps.report import make_broken_report, make_report
from prereview.wording import Wording, wording


@dataclass(frozen=True, slots=True)
class Reading:
    """A PaperReader that works in this very process: for a child process, a command line, a benchmark."""

    files: FileReader
    ocr: OcrEngine
    eye: PageEye
    limits: Limits = admit.LIMITS

    def read(self, content: bytes, name: str) -> ReadFile:
        """Read one file to the end; see `read_pages`."""
        return read_pages(content, name, files=self.files, ocr=self.ocr, eye=self.eye, limits=self.limits)


def read_pages(
    content: bytes,
    name: str,
    *,
    files: FileReader,
    ocr: OcrEngine,
    eye: PageEye,
    limits: Limits = admit.LIMITS,
    known: Profiles | None = None,
) -> ReadFile:
    """Read a file: its pages, the documents on them, their fields with boxes. Never raises for what is in it.

    A file that is refused, or that breaks a step, gives a ReadFile with a `problem`; the second kind becomes UNSURE.
    """
    digest = admit.digest(content)
    refused = admit.refuse(content)
    if refused is not None:
        return ReadFile(name, digest, "", (), refused)
    try:
        document = read_document(content, name, files, limits)
        pages = reading.read_pages(document, ocr=ocr, eye=eye, profiles=known or profiles())
    except DocumentInvalid as invalid:
        return ReadFile(name, digest, "", (), FileProblem(invalid.reason, invalid.remedy, certain=True))
    except Exception:  # noqa: BLE001 - the boundary of one file: whatever breaks in it becomes UNSURE, never FINE
        return ReadFile(name, digest, "", (), FileProblem("crashed", wording().problems["crashed"], certain=False))
    return ReadFile(name, digest, document.media_type, pages)


def judge(
    files: Sequence[ReadFile],
    checklist: Checklist,
    situation: Situation,
    on: date,
    *,
    questions: Sequence[Question] = (),
    known: Profiles | None = None,
    words: Wording | None = None,
) -> Report:
    """Judge what was read against the person's own list on the planned day.

    `questions` are the guide's: their evidence tells which facts documents can contradict.
    """
    known, words = known or profiles(), words or wording()
    try:
        return _judged(files, checklist, situation, on, tuple(questions), known, words)
    except Exception:  # noqa: BLE001 - the boundary of one report: if sorting or reporting breaks, nothing is fine
        return make_broken_report(files, checklist, words)


def _judged(
    files: Sequence[ReadFile],
    checklist: Checklist,
    situation: Situation,
    on: date,
    questions: tuple[Question, ...],
    known: Profiles,
    words: Wording,
) -> Report:
    found = sort_papers(papers_of(files), checklist, known)
    case = Case(
        checklist=checklist,
        situation=situation,
        on=on,
        questions=questions,
        profiles=known,
        wording=words,
        slots=found.slots,
        spare=found.spare,
        unplaced=found.unplaced,
        unread=tuple(file for file in files if file.problem is not None),
        claims=found.claims,
    )
    return make_report(run_checks(case), checklist, case.slots, known)


def review(
    files: Sequence[UploadedFile],
    checklist: Checklist,
    situation: Situation,
    on: date,
    *,
    reader: PaperReader,
    questions: Sequence[Question] = (),
) -> Report:
    """Read every file, each distinct one once, and judge them all."""
    read: dict[str, ReadFile] = {}
    for file in files:
        digest = admit.digest(file.content)
        if digest not in read:
            read[digest] = reader.read(file.content, file.name)
    named = [replace(read[admit.digest(file.content)], name=file.name, requirement=file.requirement) for file in files]
    return judge(named, checklist, situation, on, questions=questions)
