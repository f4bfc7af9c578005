"""The exams of the vault and of the register of submissions, whatever is underneath."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from prereview.model import FileState, Submission, SubmittedFile
from prereview.ports import SubmissionInvalid, Submissions, Vault

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def submission(name: str = "s1", **changes) -> Submission:
    made = Submission(
        id=name,
        bundle="newborn",
        region="430100",
        created=NOW,
        deadline=NOW + timedelta(hours=24),
        planned=date(2026, 11, 24),
        consents=("身份证", "户口簿"),
    )
    return replace(made, **changes)


def file(name: str = "f1", **changes) -> SubmittedFile:
    return replace(SubmittedFile(name, "0" * 64, 10, "", FileState.RECEIVED), **changes)


class VaultExam:
    """Subclass and give `opened`: a vault on a folder, opened anew at each call, with the given key of the house."""

    def opened(self, folder: Path, house_key: bytes) -> Vault:
        raise NotImplementedError

    @pytest.fixture
    def vault(self, tmp_path: Path) -> Vault:
        vault = self.opened(tmp_path, bytes(32))
        vault.open("s1")
        return vault

    @pytest.mark.parametrize("content", [b"", b"\x00" * 70000, "身份证".encode()])
    def test_what_was_put_comes_back(self, vault: Vault, tmp_path: Path, content: bytes) -> None:
        vault.put("s1", "a", content)
        assert vault.get("s1", "a") == content
        assert self.opened(tmp_path, bytes(32)).get("s1", "a") == content

    def test_a_later_put_replaces(self, vault: Vault) -> None:
        vault.put("s1", "a", b"one")
        vault.put("s1", "a", b"two")
        assert vault.get("s1", "a") == b"two"

    def test_opening_twice_keeps_what_is_there(self, vault: Vault) -> None:
        vault.put("s1", "a", b"one")
        vault.open("s1")
        assert vault.get("s1", "a") == b"one"

    def test_nothing_lies_readable_on_the_disk(self, vault: Vault, tmp_path: Path) -> None:
        vault.put("s1", "a", "张三的身份证号码".encode())
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert files
        assert all("张三".encode() not in path.read_bytes() for path in files)

    def test_another_house_cannot_read_it(self, vault: Vault, tmp_path: Path) -> None:
        vault.put("s1", "a", b"secret")
        with pytest.raises(SubmissionInvalid):
            self.opened(tmp_path, bytes([1]) * 32).get("s1", "a")

    def test_a_changed_file_is_refused(self, vault: Vault, tmp_path: Path) -> None:
        vault.put("s1", "a", b"secret" * 100)
        (held,) = [path for path in tmp_path.rglob("a*") if path.is_file()]
        content = bytearray(held.read_bytes())
        content[-1] ^= 1
        held.write_bytes(content)
        with pytest.raises(SubmissionInvalid) as refused:
            vault.get("s1", "a")
        assert refused.value.remedy

    def test_files_cannot_be_swapped(self, vault: Vault, tmp_path: Path) -> None:
        vault.put("s1", "a", b"mine")
        vault.put("s1", "b", b"yours")
        (first,) = [path for path in tmp_path.rglob("a*") if path.is_file()]
        (second,) = [path for path in tmp_path.rglob("b*") if path.is_file()]
        second.write_bytes(first.read_bytes())
        with pytest.raises(SubmissionInvalid):
            vault.get("s1", "b")

    def test_destroyed_is_gone_and_can_be_destroyed_again(self, vault: Vault, tmp_path: Path) -> None:
        vault.put("s1", "a", b"secret")
        assert vault.held() == {"s1"}
        vault.destroy("s1")
        vault.destroy("s1")
        assert vault.held() == frozenset()
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]
        with pytest.raises(SubmissionInvalid):
            vault.get("s1", "a")
        with pytest.raises(SubmissionInvalid):
            vault.put("s1", "a", b"again")

    def test_bytes_kept_aside_are_noise_once_the_key_is_destroyed(self, vault: Vault, tmp_path: Path) -> None:
        vault.put("s1", "a", b"secret")
        (held,) = [path for path in tmp_path.rglob("a*") if path.is_file()]
        aside = held.read_bytes()
        vault.destroy("s1")
        vault.open("s1")
        vault.put("s1", "a", b"other")
        held.write_bytes(aside)
        with pytest.raises(SubmissionInvalid):
            vault.get("s1", "a")

    def test_removing_one_name_leaves_the_others(self, vault: Vault) -> None:
        vault.put("s1", "a", b"one")
        vault.put("s1", "b", b"two")
        vault.remove("s1", "a")
        vault.remove("s1", "a")
        assert vault.get("s1", "b") == b"two"
        with pytest.raises(SubmissionInvalid):
            vault.get("s1", "a")

    @pytest.mark.parametrize("name", ["../a", "a/b", "", ".", "..", "a\x00b", "a" * 200])
    def test_no_name_leads_out_of_the_vault(self, vault: Vault, name: str) -> None:
        with pytest.raises(SubmissionInvalid):
            vault.put("s1", name, b"x")
        with pytest.raises(SubmissionInvalid):
            vault.open(name)


class SubmissionsExam:
    """Subclass and give `opened`: the register of a folder, opened anew at each call."""

    def opened(self, folder: Path) -> Submissions:
        raise NotImplementedError

    @pytest.fixture
    def register(self, tmp_path: Path) -> Submissions:
        return self.opened(tmp_path)

    def test_what_was_entered_comes_back_whole(self, register: Submissions, tmp_path: Path) -> None:
        entered = submission(files=(file("f1", requirement="parents_id"), file("f2")))
        register.add(entered)
        assert register.get("s1", NOW) == entered
        assert self.opened(tmp_path).get("s1", NOW) == entered

    def test_an_id_is_given_once(self, register: Submissions) -> None:
        register.add(submission())
        with pytest.raises(SubmissionInvalid):
            register.add(submission())

    def test_nobody_is_found_under_an_unknown_id(self, register: Submissions) -> None:
        with pytest.raises(SubmissionInvalid) as refused:
            register.get("s9", NOW)
        assert refused.value.remedy
        with pytest.raises(SubmissionInvalid):
            register.add_file("s9", file())
        with pytest.raises(SubmissionInvalid):
            register.set_state("s9", "f1", FileState.READ)
        with pytest.raises(SubmissionInvalid):
            register.extend("s9", NOW)

    def test_nothing_outlives_its_deadline(self, register: Submissions) -> None:
        register.add(submission())
        register.add(submission("s2", deadline=NOW + timedelta(days=7)))
        last = NOW + timedelta(hours=24)
        assert register.get("s1", last - timedelta(seconds=1)).id == "s1"
        assert register.expired(last - timedelta(seconds=1)) == ()
        assert register.expired(last) == ("s1",)
        with pytest.raises(SubmissionInvalid):
            register.get("s1", last)

    def test_a_deadline_can_be_moved(self, register: Submissions) -> None:
        register.add(submission())
        register.extend("s1", NOW + timedelta(days=3))
        assert register.get("s1", NOW + timedelta(days=2)).deadline == NOW + timedelta(days=3)

    def test_files_keep_their_order_and_count_their_attempts(self, register: Submissions) -> None:
        register.add(submission())
        for name in ("b", "a", "c"):
            register.add_file("s1", file(name))
        register.set_state("s1", "a", FileState.READING)
        register.set_state("s1", "a", FileState.READING)
        register.set_state("s1", "c", FileState.READ)
        files = {one.id: one for one in register.get("s1", NOW).files}
        assert list(files) == ["b", "a", "c"]
        assert (files["a"].state, files["a"].attempts) == (FileState.READING, 2)
        assert (files["c"].state, files["c"].attempts) == (FileState.READ, 0)

    def test_what_was_cut_off_waits_again(self, register: Submissions, tmp_path: Path) -> None:
        register.add(submission())
        for name, state in (("f1", FileState.READING), ("f2", FileState.READ), ("f3", FileState.RECEIVED)):
            register.add_file("s1", file(name))
            register.set_state("s1", name, state)
        register.set_state("s1", "f2", FileState.FAILED)
        assert self.opened(tmp_path).waiting() == (("s1", "f1"), ("s1", "f3"))

    def test_a_file_can_be_struck_out_twice(self, register: Submissions) -> None:
        register.add(submission(files=(file("f1"), file("f2"))))
        register.remove_file("s1", "f1")
        register.remove_file("s1", "f1")
        assert [one.id for one in register.get("s1", NOW).files] == ["f2"]

    def test_deleting_leaves_nothing(self, register: Submissions) -> None:
        register.add(submission(files=(file("f1"),)))
        register.delete("s1")
        register.delete("s1")
        assert register.waiting() == ()
        with pytest.raises(SubmissionInvalid):
            register.get("s1", NOW)
        register.add(submission())
        assert register.get("s1", NOW).files == ()
