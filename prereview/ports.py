"""What the pre-review needs from the world, each as a small promise.

Exceptions (outcomes are values; these mean something is broken):

    PrereviewError
    ├── VaultUnavailable        try again: the disk or the store did not answer
    ├── SubmissionsUnavailable  try again: the database did not answer
    ├── ReaderUnavailable       try again: no reading process could be started
    ├── SubmissionInvalid       fix it: no such submission or file, or its deadline has passed
    └── ProfileInvalid          fix it: a document profile or the wording has a mistake; the place is named
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ingestion.model import Box
from prereview.model import FileState, PageQuality, ReadFile, Submission, SubmittedFile


class PrereviewError(Exception):
    """Something is broken in the pre-review; see the subclasses for what to do."""


class VaultUnavailable(PrereviewError):
    """The store of files did not answer: trying again may help."""


class SubmissionsUnavailable(PrereviewError):
    """The register of submissions did not answer: trying again may help."""


class ReaderUnavailable(PrereviewError):
    """No process that reads files could be started: trying again may help."""


class SubmissionInvalid(PrereviewError):
    """There is no such submission or file (any more); `remedy` is a Chinese sentence for the person."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}: {remedy}")
        self.reason = reason
        self.remedy = remedy


class ProfileInvalid(PrereviewError):
    """Profiles or wording have mistakes; `problems` lists each with file, place and remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class PageEye(Protocol):
    """Looks at the pixels of a page image; knows nothing of words."""

    def quality(self, image: bytes, line_boxes: Sequence[Box]) -> PageQuality:
        """Measure how well the page can be read."""

    def ink(self, image: bytes, zone: Box) -> float | None:
        """Give the share of pen strokes in a zone after rules are taken away; None when it cannot be judged."""

    def without_faint(self, image: bytes) -> bytes:
        """Give the page with faint print taken away (watermarks, guilloche), dark strokes kept."""


class PaperReader(Protocol):
    """Reads one file to the end: words, recognised documents, fields. Depends on the bytes alone.

    Never raises for what is in the file: a poisoned, broken or endless file gives a ReadFile with a `problem`.
    """

    def read(self, content: bytes, name: str) -> ReadFile:
        """Read the file; raises ReaderUnavailable only when no reading process could be started."""


class Vault(Protocol):
    """Bytes encrypted at rest with a key per submission; destroying the key makes them noise for ever."""

    def open(self, submission: str) -> None:
        """Make a key for a submission; harmless when it exists."""

    def put(self, submission: str, name: str, content: bytes) -> None:
        """Keep bytes under a name, replacing earlier ones; raises SubmissionInvalid when the submission is not open."""

    def get(self, submission: str, name: str) -> bytes:
        """Give the bytes back; raises SubmissionInvalid when they are not held or were tampered with."""

    def remove(self, submission: str, name: str) -> None:
        """Forget one name; harmless when it is not held."""

    def destroy(self, submission: str) -> None:
        """Destroy the key, then the bytes; harmless when already done."""

    def held(self) -> frozenset[str]:
        """Give the ids of all submissions that still have a key or bytes."""


class Submissions(Protocol):
    """The register of submissions: ids, states and deadlines, nothing personal. Nothing outlives its deadline."""

    def add(self, submission: Submission) -> None:
        """Enter a new submission; an id already taken is SubmissionInvalid."""

    def get(self, submission: str, now: datetime) -> Submission:
        """Give a submission with its files; raises SubmissionInvalid when unknown or past its deadline."""

    def add_file(self, submission: str, file: SubmittedFile) -> None:
        """Enter a file; one that is entered already is replaced."""

    def set_state(self, submission: str, file: str, state: FileState) -> None:
        """Note how far a file has come; READING also counts the attempt."""

    def remove_file(self, submission: str, file: str) -> None:
        """Strike a file out; harmless when it is not entered."""

    def extend(self, submission: str, deadline: datetime) -> None:
        """Set another deadline; the caller has bounded it."""

    def delete(self, submission: str) -> None:
        """Strike a submission and its files out; harmless when already done."""

    def expired(self, now: datetime) -> tuple[str, ...]:
        """Give the ids whose deadline has passed."""

    def waiting(self) -> tuple[tuple[str, str], ...]:
        """Give (submission, file) of all files RECEIVED or left READING, oldest first: work to do after a restart."""
