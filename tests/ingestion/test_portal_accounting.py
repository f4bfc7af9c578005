"""The account of a portal guide, counted a second time and held against the list of what its keys mean."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingestion.adapters.portal_json import PortalJson
from ingestion.portal import read_portal
from ingestion.ports import DocumentInvalid

STATED = {"newborn": 681, "retirement": 660}
"""Leaves of two files as counted by hand; the others are counted here alone."""
ROW = re.compile(r"^\| `(?P<path>[^`]+)` \| [\w ]+ \| \d+ \| [\d/]+ \| (?P<sure>[SLU]) \| (?P<meaning>.*?) \|")
MEANS = {
    "id": re.compile(r"\bid\b|code of a bound|storage path|storage bucket"),
    "timestamp": re.compile(r"ms since epoch"),
    "display_code": re.compile(r"codes of (the )?cooperating|list of codes|type of case|same as basicInfo.lbjgId"),
}
"""What the list must say of a key, where it is sure or likely, so that a rule may leave it out."""


def counted(value: object) -> int:
    """Count the leaves that say something, by a walk of our own."""
    if isinstance(value, dict):
        return sum(map(counted, value.values()))
    if isinstance(value, list):
        return sum(map(counted, value))
    return 0 if value is None or (isinstance(value, str) and not value.strip()) else 1


def files(shared_data: Path) -> list[Path]:
    found = sorted((shared_data / "official_guides").glob("*.json"))
    assert len(found) >= 6
    return found


def key_list(shared_data: Path) -> dict[str, tuple[str, str]]:
    text = (shared_data.parent / "domain" / "official_json_fields.md").read_text(encoding="utf-8")
    rows = [match for line in text.splitlines() if (match := ROW.match(line))]
    assert len(rows) > 150
    return {row["path"]: (row["sure"], row["meaning"]) for row in rows}


def key_of(path: str) -> str:
    """Give the name of a leaf's key as the list writes it: data.materialList[].tbxz."""
    return re.sub(r"\.\d+(?=\.|$)", "[]", path.replace("/", "."))


def valued(whole: object, path: str) -> tuple[object, dict[str, object]]:
    """Give the value of a leaf and the object it stands in."""
    around: dict[str, object] = {}
    here = whole
    for part in path.split("/"):
        if isinstance(here, list):
            here = here[int(part)]
        else:
            assert isinstance(here, dict)
            around, here = here, here[part]
    return here, around


def ignored(shared_data: Path) -> Iterator[tuple[str, str, object, dict[str, object]]]:
    for file in files(shared_data):
        text = file.read_text(encoding="utf-8")
        whole = json.loads(text)
        for leaf in read_portal(text).ignored:
            yield leaf.path, leaf.rule, *valued(whole, leaf.path)


def test_used_ignored_and_unplaced_are_the_leaves_of_every_file(shared_data: Path) -> None:
    for file in files(shared_data):
        leaves = counted(json.loads(file.read_bytes()))
        _, account = PortalJson().read_guide(file.read_bytes(), file.name)
        assert account.used + len(account.ignored) + len(account.unplaced) == leaves == account.leaves, file.name
        assert len(account.unplaced) <= leaves * 0.05, file.name
        assert STATED.get(file.stem, leaves) == leaves


def test_every_key_of_the_files_is_in_the_list(shared_data: Path) -> None:
    known = key_list(shared_data)
    for file in files(shared_data):
        reading = read_portal(file.read_text(encoding="utf-8"))
        paths = [*reading.used, *(leaf.path for leaf in reading.ignored), *reading.unplaced]
        assert {key_of(path) for path in paths} <= set(known), file.name


def test_a_key_whose_meaning_is_sure_or_likely_is_left_out_only_by_what_it_is(shared_data: Path) -> None:
    known = key_list(shared_data)
    for path, rule, value, around in ignored(shared_data):
        sure, meaning = known[key_of(path)]
        if rule == "duplicate":
            assert list(around.values()).count(value) > 1, f"{path}: said nowhere else"
        elif sure in "SL":
            assert MEANS[rule].search(meaning), f"{path} is left out as {rule}, but means: {meaning}"


def test_what_is_left_out_looks_like_what_the_rule_calls_it(shared_data: Path) -> None:
    for path, rule, value, _ in ignored(shared_data):
        if rule == "timestamp":
            assert isinstance(value, int), path
            assert 10**12 < value < 10**13, path
        elif rule == "display_code":
            assert re.fullmatch(r"[0-9A-Za-z.,]{1,20}", str(value)), path
        elif rule == "id" and not path.endswith("fjlj"):
            assert re.fullmatch(r"[0-9A-Za-z_-]{6,40}", str(value)), path


def test_a_code_whose_values_the_list_explains_is_never_left_out(shared_data: Path) -> None:
    known = key_list(shared_data)
    explained = {
        key for key, (sure, meaning) in known.items() if sure in "SL" and re.search(r"\b\d+ = |: 1 [a-z]", meaning)
    }
    assert {"data.materialList[].mtjfs", "data.materialList[].clbyx", "data.attachInfo[].fjbm"} <= explained
    left_out = {key_of(path) for path, rule, _, _ in ignored(shared_data) if rule != "duplicate"}
    assert left_out & explained == set()


@pytest.mark.parametrize(
    ("key", "value"), [("success", False), ("error", True), ("code", 500)]
)  # fmt: skip
def test_a_reply_that_reports_an_error_is_no_guide(shared_data: Path, key: str, value: object) -> None:
    whole = json.loads((shared_data / "official_guides" / "newborn.json").read_bytes())
    whole |= {key: value, "msg": "系统繁忙"}
    with pytest.raises(DocumentInvalid, match="系统繁忙") as refused:
        read_portal(json.dumps(whole))
    assert refused.value.reason == "error_reply"
