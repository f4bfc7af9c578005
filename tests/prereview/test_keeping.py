"""The vault and the register pass their exams; a submission lives and is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.model import Box
from prereview.adapters.disk_vault import DiskVault
from prereview.adapters.sql_submissions import SqlSubmissions
from prereview.desk import KEPT, KEPT_AT_MOST, MAX_ATTEMPTS, Desk, deadline, unguessable_id
from prereview.model import (
    Certainty,
    ExtractedField,
    FileState,
    PageQuality,
    ReadFile,
    ReadPage,
    RecognisedPage,
    UploadedFile,
)
from prereview.ports import ReaderUnavailable, SubmissionInvalid, Submissions, SubmissionsUnavailable, Vault
from prereview.steps import admit
from tests.contracts.submissions import NOW, SubmissionsExam, VaultExam

CHINA = timezone(timedelta(hours=8))


class TestDiskVault(VaultExam):
    def opened(self, folder: Path, house_key: bytes) -> Vault:
        return DiskVault(folder / "vault", house_key)

    def test_a_key_of_another_length_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="32"):
            DiskVault(tmp_path, b"short")


class TestSqlSubmissions(SubmissionsExam):
    def opened(self, folder: Path) -> Submissions:
        return SqlSubmissions(f"sqlite:///{folder}/submissions.sqlite")

    def test_a_database_that_is_none_is_unavailable(self, tmp_path: Path) -> None:
        (tmp_path / "broken.sqlite").write_bytes(b"no database at all" * 100)
        with pytest.raises(SubmissionsUnavailable):
            SqlSubmissions(f"sqlite:///{tmp_path}/broken.sqlite")

    def test_a_time_without_a_zone_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="zone"):
            self.opened(tmp_path).expired(datetime(2026, 11, 22))  # noqa: DTZ001


class LetterReader:
    """Reads a file whose text is the name on it; refuses to work when told so."""

    def __init__(self) -> None:
        self.read_names: list[str] = []
        self.down = False

    def read(self, content: bytes, name: str) -> ReadFile:
        if self.down:
            raise ReaderUnavailable("down")
        self.read_names.append(name)
        box = Box(0.1, 0.1, 0.2, 0.2)
        field = ExtractedField("name", content.decode(), content.decode(), box, 0.99)
        seen = RecognisedPage("id_card", "front", Certainty.SURE, 1.0, 0, box, (field,), 0.99)
        page = ReadPage(1, 100, 100, (), PageQuality(), (seen,), image=b"\xff\xd8jpeg")
        return ReadFile(name, admit.digest(content), "image/jpeg", (page,))


@pytest.fixture
def reader() -> LetterReader:
    return LetterReader()


@pytest.fixture
def desk(tmp_path: Path, reader: LetterReader) -> Desk:
    numbers = count(1)
    register = SqlSubmissions(f"sqlite:///{tmp_path}/submissions.sqlite")
    return Desk(DiskVault(tmp_path / "vault", bytes(32)), register, reader, lambda: f"id{next(numbers)}")


def begun(desk: Desk, now: datetime = NOW, *, until_planned: bool = False) -> str:
    return desk.open(
        bundle="newborn",
        region="430100",
        planned=date(2026, 11, 25),
        consents=["身份证"],
        now=now,
        until_planned=until_planned,
    ).id


def test_a_file_is_read_once_and_what_was_read_comes_back_whole(desk: Desk, reader: LetterReader) -> None:
    case = begun(desk)
    file = desk.add(case, UploadedFile("妈妈.jpg", "孙霞婷".encode(), "parents_id"), NOW)
    assert desk.read_files(case, NOW)[0].problem is not None, "not read yet is not fine"
    assert desk.read_waiting(NOW) == 1
    assert desk.read_waiting(NOW) == 0
    first = desk.read(case, file.id, NOW)
    assert reader.read_names == ["妈妈.jpg"]
    assert first == desk.read_files(case, NOW)[0]
    assert (first.name, first.requirement) == ("妈妈.jpg", "parents_id")
    assert first.pages[0].documents[0].fields[0].value == "孙霞婷"
    assert first.pages[0].image == b"\xff\xd8jpeg"


def test_no_name_and_no_value_lies_readable_anywhere(desk: Desk, tmp_path: Path) -> None:
    case = begun(desk)
    desk.add(case, UploadedFile("妈妈.jpg", "孙霞婷".encode()), NOW)
    desk.read_waiting(NOW)
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert "孙霞婷".encode() not in held
    assert "妈妈".encode() not in held


def test_reading_goes_on_after_it_was_cut_off_but_not_for_ever(desk: Desk, reader: LetterReader) -> None:
    case = begun(desk)
    file = desk.add(case, UploadedFile("a.jpg", b"x"), NOW)
    reader.down = True
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(ReaderUnavailable):
            desk.read(case, file.id, NOW)
    reader.down = False
    found = desk.read(case, file.id, NOW)
    assert found.problem is not None
    assert not found.problem.certain
    assert desk.submissions.get(case, NOW).files[0].state is FileState.FAILED


def test_one_click_deletes_everything(desk: Desk, tmp_path: Path) -> None:
    case = begun(desk)
    file = desk.add(case, UploadedFile("a.jpg", b"x"), NOW)
    desk.delete(case)
    assert desk.vault.held() == frozenset()
    assert desk.read_waiting(NOW) == 0
    with pytest.raises(SubmissionInvalid):
        desk.read(case, file.id, NOW)
    assert not list((tmp_path / "vault").iterdir())


def test_one_file_can_be_taken_out(desk: Desk) -> None:
    case = begun(desk)
    first = desk.add(case, UploadedFile("a.jpg", b"x"), NOW)
    desk.add(case, UploadedFile("b.jpg", b"y"), NOW)
    desk.read_waiting(NOW)
    desk.remove(case, first.id, NOW)
    assert [one.name for one in desk.read_files(case, NOW)] == ["b.jpg"]
    with pytest.raises(SubmissionInvalid):
        desk.remove(case, first.id, NOW)


def test_the_sweep_forgets_what_is_due_and_what_nobody_knows(desk: Desk) -> None:
    due, kept = begun(desk), begun(desk, NOW + timedelta(hours=5))
    desk.vault.open("orphan")
    assert set(desk.sweep(NOW + KEPT)) == {due, "orphan"}
    assert desk.vault.held() == {kept}
    assert desk.sweep(NOW + KEPT) == ()


def test_keeping_until_the_planned_day(desk: Desk) -> None:
    case = begun(desk)
    until = desk.keep_until_planned(case, NOW)
    assert until.date() == date(2026, 11, 25)
    assert desk.submissions.get(case, until - timedelta(seconds=1)).id == case


@pytest.mark.parametrize(
    ("upload", "reason"),
    [(UploadedFile("a.jpg", b""), "empty"), (UploadedFile("a.jpg", b"x" * (admit.LIMITS.max_bytes + 1)), "too_large")],
)
def test_what_cannot_be_taken_is_said_at_once(desk: Desk, upload: UploadedFile, reason: str) -> None:
    with pytest.raises(SubmissionInvalid) as refused:
        desk.add(begun(desk), upload, NOW)
    assert refused.value.reason == reason
    assert refused.value.remedy


def test_there_is_a_limit_to_the_number_of_files(desk: Desk) -> None:
    case = begun(desk)
    for number in range(admit.MAX_FILES):
        desk.add(case, UploadedFile(f"{number}.jpg", bytes([number + 1])), NOW)
    with pytest.raises(SubmissionInvalid) as refused:
        desk.add(case, UploadedFile("more.jpg", b"more"), NOW)
    assert refused.value.reason == "too_many_files"


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.sampled_from([UTC, CHINA])),  # noqa: DTZ001
    ahead=st.integers(-3, 30),
    asked=st.booleans(),
)
def test_no_deadline_is_later_than_seven_days_or_earlier_than_one(now: datetime, ahead: int, asked: bool) -> None:
    until = deadline(now, now.date() + timedelta(days=ahead), until_planned=asked)
    assert now + KEPT <= until <= now + KEPT_AT_MOST
    if not asked:
        assert until == now + KEPT


def test_ids_cannot_be_guessed_or_repeated() -> None:
    ids = {unguessable_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(one) for one in ids} == {40}


def test_read_files_survive_the_journey_as_json(reader: LetterReader) -> None:
    from prereview.as_json import READ_FILE

    read = replace(reader.read("甲".encode(), "a.jpg"), requirement="x")
    assert READ_FILE.validate_json(READ_FILE.dump_json(read)) == read
