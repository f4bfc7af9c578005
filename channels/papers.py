"""Uploads as the front doors handle them: consent before reading, the list they are judged against, and the files.

The pre-review's desk keeps and reads; here a submission meets its guide and the situation its owner told. That
situation lies in the vault beside the files, under the same key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from channels.door.refusal import Refusal
from guides.checklist import Block, Checklist, ChecklistItem
from guides.library import Library
from guides.model import Ground, Guide, Status
from guides.rules import checklist, read_fact
from guides.situation import Fact, Situation, plain
from prereview.as_json import READ_FILE
from prereview.desk import Desk
from prereview.model import Certainty, FileProblem, FileState, ReadFile, Report, Submission, SubmittedFile, UploadedFile
from prereview.pipeline import judge
from prereview.ports import SubmissionInvalid
from prereview.profile_model import Profile
from prereview.profiles import Profiles

SITUATION = "situation"
"""Name under which the vault keeps what the owner told."""
MADE_FOR_THEM = frozenset({Ground.GENERATED, Ground.PRODUCED_IN_BUNDLE})
"""Nobody has these papers in hand yet, so nobody is invited to upload them."""
WAITING = frozenset({FileState.RECEIVED, FileState.READING})
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Shot:
    """A file as its owner sees it: how far it is, and what was read (a problem while it waits)."""

    file: SubmittedFile
    read: ReadFile

    @property
    def name(self) -> str:
        return self.read.name


@dataclass(frozen=True, slots=True)
class Folder:
    """A submission opened: its list, its situation and its files."""

    submission: Submission
    guide: Guide
    checklist: Checklist
    situation: Situation
    shots: tuple[Shot, ...]

    @property
    def busy(self) -> bool:
        """True while a file is still to be read."""
        return any(shot.file.state in WAITING for shot in self.shots)


class Papers:
    """What people hand in to be looked at before they go."""

    def __init__(self, library: Library, profiles: Profiles, desk: Desk, clock: Callable[[], datetime]) -> None:
        self.library = library
        self.profiles = profiles
        self.desk = desk
        self.clock = clock

    # --- what is asked for

    def wanted(self, found: Checklist) -> tuple[ChecklistItem, ...]:
        """Give the lines somebody may hand something in for: what is brought, and what is spared but in their hands."""
        return tuple(item for item in found.items if _invited(item))

    def sensitive(self, found: Checklist) -> tuple[Profile, ...]:
        """Give the sensitive kinds of documents on a list, each of which needs its own consent."""
        return self._sensitive(self.wanted(found))

    def missing_consents(self, folder: Folder, item: ChecklistItem | None) -> tuple[Profile, ...]:
        """Give the kinds a file for this line (None: for any line) may be, and that were not agreed to."""
        items = self.wanted(folder.checklist) if item is None else (item,)
        return tuple(one for one in self._sensitive(items) if one.kind not in folder.submission.consents)

    def _sensitive(self, items: Sequence[ChecklistItem]) -> tuple[Profile, ...]:
        needs = (need for item in items for need in (item.documents or item.material.documents))
        found = (self.profiles.find(need.kind) for need in needs)
        kinds = {profile.kind: profile for profile in found if profile is not None and profile.sensitive}
        return tuple(kinds.values())

    # --- from the first to the last

    def open(
        self, guide: Guide, situation: Situation, *, on: date, consents: Sequence[str], until_planned: bool
    ) -> Submission:
        """Begin a submission. Kept for a day, or until the planned day is over, at most a week."""
        known = (self.profiles.find(kind) for kind in dict.fromkeys(consents))
        agreed = tuple(profile.kind for profile in known if profile is not None and profile.sensitive)
        submission = self.desk.open(
            bundle=guide.slug,
            region=guide.region,
            planned=on,
            consents=agreed,
            now=self.clock(),
            until_planned=until_planned,
        )
        self._put_situation(submission.id, situation)
        return submission

    def get(self, submission_id: str) -> Submission:
        """Give a submission as the register has it; raises SubmissionInvalid."""
        return self.desk.submissions.get(submission_id, self.clock())

    def folder(self, submission_id: str, on: date | None = None) -> Folder:
        """Open a submission, for its planned day or another; raises SubmissionInvalid when there is none (any more)."""
        submission = self.get(submission_id)
        guide = self.library.find(submission.bundle, submission.region, on or submission.planned)
        if guide is None:
            raise SubmissionInvalid("guide", "这件事的指南已经撤下，请回到首页重新开始。")
        situation = self._situation(submission.id, guide)
        found = self._list(guide, situation, on or submission.planned)
        return Folder(submission, guide, found, situation, self._shots(submission))

    def consents(self, submission_id: str) -> tuple[str, ...]:
        """Give the kinds agreed to; none where there is no submission (any more)."""
        try:
            return self.get(submission_id).consents
        except SubmissionInvalid:
            return ()

    def restate(self, submission_id: str, situation: Situation) -> None:
        """Judge by these facts from now on."""
        self.get(submission_id)
        self._put_situation(submission_id, situation)

    def add(self, submission_id: str, name: str, content: bytes, requirement: str) -> SubmittedFile:
        """Take in a file for a line of the list ("" for none in particular); it is read later.

        Raises Refusal where consent is missing or the line is unknown, SubmissionInvalid for what cannot be taken.
        """
        folder = self.folder(submission_id)
        item = next((one for one in folder.checklist.items if one.requirement == requirement), None)
        if requirement and item is None:
            raise Refusal("requirement", 422)
        if self.missing_consents(folder, item):
            raise Refusal("consent", 403)
        upload = UploadedFile(_distinct(_short(name), [shot.name for shot in folder.shots]), content, requirement)
        return self.desk.add(submission_id, upload, self.clock())

    def report(self, folder: Folder) -> Report:
        """Judge what has been handed in so far against the person's own list."""
        return judge(
            [shot.read for shot in folder.shots],
            folder.checklist,
            folder.situation,
            folder.checklist.on,
            questions=folder.guide.questions,
            known=self.profiles,
        )

    def picture(self, submission_id: str, file_id: str, page: int) -> bytes:
        """Give the JPEG of a page; raises SubmissionInvalid where there is none."""
        shot = next((one for one in self._shots(self.get(submission_id)) if one.file.id == file_id), None)
        found = next((one for one in shot.read.pages if one.number == page), None) if shot else None
        if found is None or not found.image:
            raise SubmissionInvalid("no_page", "没有这一页，可能已经删掉了，请刷新页面。")
        return found.image

    def remove(self, submission_id: str, file_id: str) -> None:
        """Forget one file and everything read from it."""
        self.desk.remove(submission_id, file_id, self.clock())

    def delete(self, submission_id: str) -> None:
        """Forget a submission at once; harmless when already done."""
        self.desk.delete(submission_id)

    # --- for the worker

    def read(self, submission_id: str, file_id: str) -> None:
        """Read one file; what was not agreed to is not kept."""
        found = self.desk.read(submission_id, file_id, self.clock())
        refused = self._not_agreed(self.get(submission_id), found)
        if refused:
            title = "、".join(profile.title for profile in refused)
            remedy = f"这一份看着是{title}，您没有同意读取它，读到的内容没有保存。请换一份，或者先改同意的范围。"
            bare = replace(found, pages=(), problem=FileProblem("no_consent", remedy, certain=True))
            self.desk.vault.put(submission_id, f"{file_id}.read", READ_FILE.dump_json(bare))
            self.desk.vault.remove(submission_id, file_id)

    def _not_agreed(self, submission: Submission, found: ReadFile) -> tuple[Profile, ...]:
        seen = dict.fromkeys(
            one.kind for page in found.pages for one in page.documents if one.certainty is Certainty.SURE
        )
        profiles = (self.profiles.find(kind) for kind in seen if kind not in submission.consents)
        return tuple(profile for profile in profiles if profile is not None and profile.sensitive)

    # --- inside

    def _list(self, guide: Guide, situation: Situation, on: date) -> Checklist:
        return checklist(guide, situation, on=on, sources=self.library.sources)

    def _put_situation(self, submission_id: str, situation: Situation) -> None:
        facts = {name: plain(fact.value) for name, fact in situation.facts.items()}
        self.desk.vault.put(submission_id, SITUATION, json.dumps(facts, ensure_ascii=False).encode())

    def _situation(self, submission_id: str, guide: Guide) -> Situation:
        raw: Mapping[str, bool | float | str] = json.loads(self.desk.vault.get(submission_id, SITUATION))
        questions = {question.fact: question for question in guide.questions}
        return Situation(
            {name: Fact(read_fact(questions[name], value)) for name, value in raw.items() if name in questions}
        )

    def _shots(self, submission: Submission) -> tuple[Shot, ...]:
        read = self.desk.read_files(submission.id, self.clock())
        return tuple(Shot(file, found) for file, found in zip(submission.files, read, strict=False))


def _invited(item: ChecklistItem) -> bool:
    if item.block is Block.NOT_NEEDED:
        return item.status is Status.EXEMPT and bool(item.documents) and item.ground not in MADE_FOR_THEM
    return True


def _short(name: str) -> str:
    """Give the last part of a file's name, without what only confuses; it is shown, never used as a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable())[-LONGEST_NAME:] or "未命名"


def _distinct(name: str, taken: Sequence[str]) -> str:
    """Number a name that is taken, so that each file can be spoken of."""
    number = 2
    given = name
    while given in taken:
        given, number = f"{name}（{number}）", number + 1
    return given
