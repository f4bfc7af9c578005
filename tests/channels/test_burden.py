"""The burden at the doors: the page, the table and the terminal tell the same."""

from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from channels.cli import app
from guides.burden import library_burden
from guides.library import load_library
from guides.model import BurdenKind


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_page_shows_every_bundle_and_how_it_was_counted(client):
    page = client.get("/burden")
    assert page.status_code == 200
    for bundle in library_burden(load_library(), "430100").bundles:
        assert f'id="b-{bundle.slug}"' in page.text
        assert bundle.title in page.text
    assert "怎么数的" in page.text
    assert "山西" in page.text


def test_the_page_is_reached_from_the_footer_and_from_the_list_of_guides(client):
    assert 'href="/burden"' in client.get("/").text
    assert client.get("/guides").text.count('href="/burden"') == 2


def test_the_table_opens_in_a_spreadsheet_and_holds_every_figure(client):
    answer = client.get("/burden.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    found = library_burden(load_library(), "430100")
    table = rows(answer.content.decode("utf-8-sig"))
    kinds = [row["类别"] for row in table]
    assert kinds.count("情形") == 3 * sum(len(bundle.situations) for bundle in found.bundles)
    assert kinds.count("公布的说法") == sum(len(bundle.claims) for bundle in found.bundles)
    assert kinds.count("能共享还要交") == sum(len(bundle.shareable) for bundle in found.bundles)
    claims = {(row["代号"], row["数什么"], row["以前"], row["现在"]) for row in table if row["类别"] == "公布的说法"}
    assert {("newborn", "材料", "10", "4"), ("newborn", "材料", "22", "4")} <= claims
    assert {("construction-start", "材料", "65", "40"), ("construction-start", "填写项", "278", "91")} <= claims
    assert all(row["说明"] for row in table if row["类别"] == "公布的说法")


def test_the_terminal_writes_the_same_table_and_figures(client, tmp_path):
    file = tmp_path / "burden.csv"
    told = CliRunner().invoke(app, ["guides", "burden", "--csv", str(file), "--json"])
    assert told.exit_code == 0, told.output
    assert file.read_bytes() == client.get("/burden.csv").content
    said = json.loads(told.stdout)
    found = library_burden(load_library(), "430100")
    newborn = next(one for one in said["bundles"] if one["slug"] == "newborn")
    ours = next(one for one in found.bundles if one.slug == "newborn")
    assert newborn["materials"]["now"] == pytest.approx(ours.means[BurdenKind.MATERIALS].now)
    assert len(newborn["shareable"]) == len(ours.shareable)
    assert CliRunner().invoke(app, ["guides", "burden"]).exit_code == 0
