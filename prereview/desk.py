"""One submission from its first file to its deletion: kept encrypted, read in the background, judged, forgotten.

Every step may be repeated: a file is entered under its own digest, read again after a restart, and given up after
`MAX_ATTEMPTS`. Time is always given. Names, words and values lie in the vault alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from pydantic import TypeAdapter

from guides.checklist import Checklist
from guides.model import Question
from guides.situation import Situation
from prereview.as_json import READ_FILE
from prereview.model import FileProblem, FileState, ReadFile, Report, Submission, SubmittedFile, UploadedFile
from prereview.pipeline import judge
from prereview.ports import PaperReader, SubmissionInvalid, Submissions, Vault
from prereview.steps import admit
from prereview.wording import wording

KEPT = timedelta(hours=24)
"""How long files are kept unless the person asks for longer."""
KEPT_AT_MOST = timedelta(days=7)
MAX_ATTEMPTS = 3
"""A file whose reading was cut off this often is blamed and not tried again."""


@dataclass(frozen=True, slots=True)
class _Meta:
    """What a person called a file, and the line they handed it in for."""

    name: str
    requirement: str


_META = TypeAdapter(_Meta)


def deadline(now: datetime, planned: date, *, until_planned: bool) -> datetime:
    """Give when files are forgotten: after a day, or at the end of the planned day, at most seven days from now."""
    if not until_planned:
        return now + KEPT
    end = datetime.combine(planned, time.max, now.tzinfo)
    return min(now + KEPT_AT_MOST, max(now + KEPT, end))


def unguessable_id() -> str:
    """Give an id nobody can guess (160 bits)."""
    return secrets.token_hex(20)


@dataclass(frozen=True, slots=True)
class Desk:
    """The pre-review as channels use it."""

    vault: Vault
    submissions: Submissions
    reader: PaperReader
    new_id: Callable[[], str] = unguessable_id

    def open(
        self,
        *,
        bundle: str,
        region: str,
        planned: date,
        consents: Sequence[str],
        now: datetime,
        until_planned: bool = False,
    ) -> Submission:
        """Begin a submission; `consents` are the sensitive kinds the person agreed to have read."""
        submission = Submission(
            id=self.new_id(),
            bundle=bundle,
            region=region,
            created=now,
            deadline=deadline(now, planned, until_planned=until_planned),
            planned=planned,
            consents=tuple(consents),
        )
        self.vault.open(submission.id)
        self.submissions.add(submission)
        return submission

    def add(self, submission: str, upload: UploadedFile, now: datetime) -> SubmittedFile:
        """Take a file in; it is read later. Raises SubmissionInvalid with a remedy for what cannot be taken."""
        held = self.submissions.get(submission, now)
        refused = admit.refuse(upload.content, len(held.files))
        if refused is not None:
            raise SubmissionInvalid(refused.reason, refused.remedy)
        file = SubmittedFile(
            id=self.new_id(),
            digest=admit.digest(upload.content),
            size=len(upload.content),
            media_type="",
            state=FileState.RECEIVED,
            requirement=upload.requirement,
        )
        self.vault.put(submission, file.id, upload.content)
        self.vault.put(submission, f"{file.id}.meta", _META.dump_json(_Meta(upload.name, upload.requirement)))
        self.submissions.add_file(submission, file)
        return file

    def read(self, submission: str, file: str, now: datetime) -> ReadFile:
        """Read one file, unless that was done; what was read is kept in the vault until the submission goes."""
        entered = self._entered(submission, file, now)
        if entered.state in (FileState.READ, FileState.FAILED):
            return self._read(submission, file)
        self.submissions.set_state(submission, file, FileState.READING)
        meta = _META.validate_json(self.vault.get(submission, f"{file}.meta"))
        if entered.attempts >= MAX_ATTEMPTS:
            problem = FileProblem("gave_up", wording().problems["crashed"], certain=False)
            found = ReadFile(meta.name, entered.digest, "", (), problem)
        else:
            found = self.reader.read(self.vault.get(submission, file), meta.name)
        found = replace(found, name=meta.name, requirement=meta.requirement)
        self.vault.put(submission, f"{file}.read", READ_FILE.dump_json(found))
        self.submissions.set_state(submission, file, FileState.FAILED if found.problem else FileState.READ)
        return found

    def read_waiting(self, now: datetime) -> int:
        """Read every file that waits, oldest first; gives how many. Submissions gone meanwhile are skipped."""
        done = 0
        for submission, file in self.submissions.waiting():
            try:
                self.read(submission, file, now)
            except SubmissionInvalid:
                continue  # deleted or past its deadline while it waited: nothing is left to read
            done += 1
        return done

    def read_files(self, submission: str, now: datetime) -> tuple[ReadFile, ...]:
        """Give what was read so far; a file still waiting is there with a problem, so that nothing passes unread."""
        files = self.submissions.get(submission, now).files
        return tuple(self._as_far_as_read(submission, file) for file in files)

    def report(
        self,
        submission: str,
        checklist: Checklist,
        situation: Situation,
        *,
        questions: Sequence[Question],
        now: datetime,
    ) -> Report:
        """Judge everything handed in so far against the list."""
        return judge(self.read_files(submission, now), checklist, situation, checklist.on, questions=questions)

    def remove(self, submission: str, file: str, now: datetime) -> None:
        """Take one file out again, with all that was read of it."""
        self._entered(submission, file, now)
        self.submissions.remove_file(submission, file)
        for name in (file, f"{file}.meta", f"{file}.read"):
            self.vault.remove(submission, name)

    def keep_until_planned(self, submission: str, now: datetime) -> datetime:
        """Keep the files until the planned day is over, at most seven days from their beginning."""
        held = self.submissions.get(submission, now)
        until = deadline(held.created, held.planned, until_planned=True)
        self.submissions.extend(submission, until)
        return until

    def delete(self, submission: str) -> None:
        """Forget a submission at once: its key first, then its bytes, then its entry."""
        self.vault.destroy(submission)
        self.submissions.delete(submission)

    def sweep(self, now: datetime) -> tuple[str, ...]:
        """Forget what is past its deadline, and bytes whose entry is gone; gives the ids."""
        gone = list(self.submissions.expired(now))
        for submission in self.vault.held():
            if submission not in gone and not self._alive(submission, now):
                gone.append(submission)
        for submission in gone:
            self.delete(submission)
        return tuple(gone)

    def _alive(self, submission: str, now: datetime) -> bool:
        try:
            self.submissions.get(submission, now)
        except SubmissionInvalid:
            return False
        return True

    def _entered(self, submission: str, file: str, now: datetime) -> SubmittedFile:
        found = next((one for one in self.submissions.get(submission, now).files if one.id == file), None)
        if found is None:
            raise SubmissionInvalid("no_file", "没有找到这个文件，可能已经删掉了，请重新上传。")
        return found

    def _read(self, submission: str, file: str) -> ReadFile:
        return READ_FILE.validate_json(self.vault.get(submission, f"{file}.read"))

    def _as_far_as_read(self, submission: str, file: SubmittedFile) -> ReadFile:
        if file.state in (FileState.READ, FileState.FAILED):
            return self._read(submission, file.id)
        meta = _META.validate_json(self.vault.get(submission, f"{file.id}.meta"))
        waiting = FileProblem("waiting", "这个文件还没看完，请稍等一会儿再刷新。", certain=False)
        return ReadFile(meta.name, file.digest, "", (), waiting, meta.requirement)
