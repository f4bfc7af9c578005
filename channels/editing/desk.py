"""The rules of the editorial room: drafted by one person, judged and published by another, and all of it kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from channels.editing.checking import Checked, Verdict, check, examine
from channels.editing.model import OPEN, Editor, Event, Release, Role, State, Stop, Version, key_of
from channels.editing.ports import EditingRefused, Editorial
from channels.editing.releasing import in_force
from channels.served import Served
from guides.library import Entry, Library, LibraryInvalid, load_library
from guides.proof import prove
from guides.writing import head_of_text, plain_of, read_plain, written
from guides.yaml_source import Plain
from prereview.model import Check

CHECKS = frozenset({"manual", *(one.value for one in Check)})


class Desk:
    """Everything done in the editorial room; each step leaves its line in the record."""

    def __init__(
        self,
        store: Editorial,
        served: Served,
        clock: Callable[[], datetime],
        read_files: Callable[[], Library] = load_library,
    ) -> None:
        self.store, self.served, self.clock, self.read_files = store, served, clock, read_files

    # --- what there is

    @property
    def today(self) -> date:
        """The day in the zone of the clock."""
        return self.clock().date()

    @property
    def library(self) -> Library:
        """The library served today."""
        return self.served.at(self.today).library

    def entry(self, key: str) -> Entry:
        """Give the guide served under this name; raises EditingRefused where there is none."""
        found = next((entry for entry in self.library.entries if key_of(entry.guide) == key), None)
        if found is None:
            raise EditingRefused("no_guide", 404)
        return found

    def open_version(self, key: str) -> Version | None:
        """Give the version being worked on, or None."""
        return next((one for one in reversed(self.store.versions(key)) if one.state in OPEN), None)

    def served_number(self, key: str) -> int:
        """Give the version served today, 0 for the file."""
        return in_force([one for one in self.store.releases() if one.guide == key], self.today)

    def stop_of(self, key: str) -> Stop | None:
        """Give the stop that is on, or None."""
        return next((one for one in self.store.stops() if one.guide == key), None)

    def content(self, version: Version) -> Plain:
        """Give what a version holds."""
        return read_plain(version.text)

    def check(self, version: Version) -> Checked:
        """Look at a version as far as is quick."""
        return check(self.content(version), self.library.sources, self.today)

    def examine(self, version: Version) -> Verdict:
        """Look at a version in every way; raises EditingRefused while it cannot be read as a guide."""
        checked = self.check(version)
        if checked.guide is None:
            raise EditingRefused("not_ready", 422, problem=_first(checked))
        return examine(self.entry(version.guide), checked.guide, self.library.sources, CHECKS, self.today)

    # --- drafting

    def begin(self, key: str, who: Editor) -> Version:
        """Begin a draft from what is served now, or go on with the open one."""
        found = self.open_version(key)
        if found is not None:
            return found
        entry, number = self.entry(key), len(self.store.versions(key)) + 1
        made = entry.guide.model_copy(update={"version": f"{entry.guide.version.split('+')[0]}+{number}"})
        file = entry.folder / "guide.yaml"
        head = head_of_text(file.read_text(encoding="utf-8")) if file.exists() else ""
        now = self.clock()
        draft = Version(
            guide=key,
            number=number,
            text=written(plain_of(made), head),
            base=self.served_number(key),
            began=now,
            changed=now,
        )
        self.store.put(draft, self._event(draft, who, "begin"))
        return draft

    def save(self, key: str, who: Editor, content: Plain) -> Version:
        """Keep what was typed, right or wrong; a version in review goes back to being a draft."""
        version = self.begin(key, who)
        text = written(content, head_of_text(version.text))
        if text == version.text:
            return version
        authors = tuple(dict.fromkeys((*version.authors, who.name)))
        reset = {"state": State.DRAFT, "reviewed_by": "", "reviewed_digest": ""}
        made = version.model_copy(update={"text": text, "authors": authors, "changed": self.clock(), **reset})
        self.store.put(made, self._event(made, who, "save"))
        return made

    def submit(self, key: str, who: Editor, note: str) -> Version:
        """Hand a draft in for review; what is broken stays a draft."""
        version = self._open(key, State.DRAFT)
        if not version.authors:
            raise EditingRefused("nothing_changed", 422)
        self._sound(version)
        return self._move(version, who, State.IN_REVIEW, "submit", note=note)

    # --- judging

    def send_back(self, key: str, who: Editor, note: str) -> Version:
        """Give a version back to its authors, with the reason."""
        version = self._open(key, State.IN_REVIEW, State.REVIEWED)
        if not note.strip():
            raise EditingRefused("why", 422)
        return self._move(version, who, State.DRAFT, "send_back", note=note, reviewed_by="", reviewed_digest="")

    def approve(self, key: str, who: Editor, *, seen: bool) -> Version:
        """Say that a version is right; never by one who wrote any of it. Changed lists must have been looked at."""
        version = self._open(key, State.IN_REVIEW)
        self._second_person(version, who)
        if (self._sound(version).examples or self.examine(version).changes) and not seen:
            raise EditingRefused("look_first", 422)
        return self._move(version, who, State.REVIEWED, "approve", reviewed_by=who.name, reviewed_digest=version.digest)

    def publish(self, key: str, who: Editor, day: date | None = None) -> Version:
        """Release a reviewed version from a day on (today); never by one who wrote any of it, never a broken one."""
        version = self._open(key, State.REVIEWED)
        self._second_person(version, who)
        if version.reviewed_digest != version.digest:
            raise EditingRefused("changed_since", 409)
        if day is not None and day < self.today:
            raise EditingRefused("past", 422)
        self._sound(version)
        done = self._move(version, who, State.PUBLISHED, "publish", published_by=who.name)
        self._release(done.guide, done.number, day or self.today, who, "publish", done.digest)
        return done

    def rollback(self, key: str, who: Editor, number: int) -> None:
        """Serve an earlier version again at once (0: the file); what it says was reviewed when it was published."""
        self._reviewer(who)
        if number and not any(v.number == number and v.published_by for v in self.store.versions(key)):
            raise EditingRefused("no_version", 404)
        for later in self.store.releases():
            if later.guide == key and later.day > self.today and not later.cancelled:
                self.store.cancel(later.id, self._line(key, later.number, who, "cancel"))
        self._release(self.entry_key(key), number, self.today, who, "rollback", "")

    def withdraw(self, key: str, who: Editor, number: int) -> None:
        """Take a published version back: it is never served again, and the one before it is."""
        self._reviewer(who)
        version = next((v for v in self.store.versions(key) if v.number == number), None)
        if version is None or version.state is not State.PUBLISHED:
            raise EditingRefused("no_version", 404)
        for one in self.store.releases():
            if one.guide == key and one.number == number and not one.cancelled:
                self.store.cancel(one.id, self._line(key, number, who, "cancel"))
        self._move(version, who, State.WITHDRAWN, "withdraw")
        self.served.renew(self.today)

    # --- the kill switch

    def stop(self, key: str, who: Editor, why: str) -> None:
        """Stop a guide at once; one person is enough."""
        if not why.strip():
            raise EditingRefused("why", 422)
        if self.stop_of(self.entry_key(key)) is None:
            stop = Stop(guide=key, at=self.clock(), by=who.name, why=why.strip())
            self.store.stop(stop, self._line(key, self.served_number(key), who, "stop", why.strip()))
        self.served.renew(self.today)

    def resume(self, key: str, who: Editor) -> None:
        """Let a guide be used again; a reviewer does so, and not the one who stopped it."""
        self._reviewer(who)
        found = self.stop_of(key)
        if found is not None:
            if found.by == who.name:
                raise EditingRefused("other_person", 403)
            self.store.lift(found.id, self._line(key, self.served_number(key), who, "resume"))
        self.served.renew(self.today)

    def entry_key(self, key: str) -> str:
        """Give the name back where it names a guide; raises EditingRefused."""
        return key_of(self.entry(key).guide)

    # --- the files

    def reload(self, key: str, who: Editor) -> None:
        """Read one guide again from its file, proved first; whatever is wrong with it, the one before stays."""
        try:
            fresh = self.read_files()
        except LibraryInvalid as wrong:
            raise EditingRefused("file_broken", 422, problem=str(wrong.problems[0].cause)) from wrong
        entry = next((one for one in fresh.entries if key_of(one.guide) == key), None)
        problems = prove(entry.guide, self.today).problems if entry else ("文件没有了",)
        if entry is None or problems:
            raise EditingRefused("file_broken", 422, problem=problems[0])
        files = self.served.files
        entries = tuple(entry if key_of(one.guide) == key else one for one in files.entries)
        self.served.renew(self.today, replace(files, entries=entries))
        self.store.note(self._line(key, 0, who, "reload"))

    # --- inside

    def _open(self, key: str, *states: State) -> Version:
        version = self.open_version(key)
        if version is None or version.state not in states:
            raise EditingRefused("state", 409)
        return version

    def _sound(self, version: Version) -> Verdict:
        """Give the whole look; raises EditingRefused for anything that forbids handing in or publication."""
        verdict = self.examine(version)
        if verdict.problems:
            raise EditingRefused("not_ready", 422, problem=verdict.problems[0])
        return verdict

    def _reviewer(self, who: Editor) -> None:
        if who.role is not Role.REVIEWER:
            raise EditingRefused("reviewers_only", 403)

    def _second_person(self, version: Version, who: Editor) -> None:
        self._reviewer(who)
        if who.name in version.authors:
            raise EditingRefused("other_person", 403)

    def _move(self, version: Version, who: Editor, state: State, what: str, **changes: str) -> Version:
        made = version.model_copy(update={"state": state, "changed": self.clock(), **changes})
        self.store.put(made, self._event(made, who, what, changes.get("note", "")))
        return made

    def _release(self, key: str, number: int, day: date, who: Editor, kind: str, digest: str) -> None:
        release = Release(guide=key, number=number, day=day, at=self.clock(), by=who.name, kind=kind)
        self.store.release(release, self._line(key, number, who, f"{kind}_from", day.isoformat(), digest))
        self.served.renew(self.today)

    def _event(self, version: Version, who: Editor, what: str, note: str = "") -> Event:
        return self._line(version.guide, version.number, who, what, note, version.digest)

    def _line(self, key: str, number: int, who: Editor, what: str, note: str = "", digest: str = "") -> Event:
        return Event(guide=key, number=number, at=self.clock(), by=who.name, what=what, digest=digest, note=note)


def _first(checked: Checked) -> str:
    one = checked.troubles[0]
    return f"{one.where}：{one.say}"
