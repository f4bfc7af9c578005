"""Single items at the doors: quoted in their own place, never a list, never in another place."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from assistant.model import Answered, Declined, Origin
from channels.http.app import create_app
from channels.settings import read_settings
from channels.wiring import House, open_desk, open_house
from evals.command import app
from guides.library import load_library
from tests.channels.conftest import NOW

WANTED = ("外籍人员子女学校", "无线电频率使用许可", "普通护照", "提前退休", "提价申报")


@pytest.fixture(scope="module")
def list_file(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a small part of the list: what the questions below are about."""
    whole = (shared_data / "guangdong_items" / "items.jsonl").read_text(encoding="utf-8").splitlines()
    file = tmp_path_factory.mktemp("items") / "items.jsonl"
    file.write_text("\n".join(line for line in whole if any(name in line[:200] for name in WANTED)), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def items_house(tmp_path_factory: pytest.TempPathFactory, list_file: Path) -> House:
    settings = read_settings({"BANCHENG_HOME": str(tmp_path_factory.mktemp("home"))})
    report = open_desk(settings).ingest_items(list_file.read_bytes(), load_library().regions, None)
    assert report.refused == ()
    return open_house(settings, clock=lambda: NOW)


@pytest.fixture(scope="module")
def door(items_house: House) -> TestClient:
    return TestClient(create_app(items_house.settings, items_house))


def ask(house: House, text: str, region: str = "440100"):
    return house.ask(text, on=house.today, region=region)


def test_an_item_is_answered_in_its_own_words_with_their_places(items_house: House) -> None:
    answer = ask(items_house, "外籍人员子女学校怎么设立")
    assert isinstance(answer, Answered)
    assert answer.checklist is None
    assert answer.matter is None
    assert any("原文照录，未按您的情况筛选" in notice for notice in answer.notices)
    quoted = [one for one in answer.statements if one.origin is Origin.QUOTE]
    assert len(quoted) >= 4
    for one in quoted:
        held = items_house.texts.at(one.citations[0])
        assert held is not None
        words = one.text.partition("：")[2]
        if one.citations[0].locator == "material_intro":
            assert all(name in words for name in held.text.splitlines())
        else:
            assert held.text.startswith(words.split("……")[0])


@pytest.mark.parametrize("text", ["外籍人员子女学校怎么设立", "无线电频率使用许可要什么材料", "办理普通护照要带什么"])
@pytest.mark.parametrize("region", ["430100", "43", "", "350200"])
def test_nobody_elsewhere_gets_an_item_of_guangdong(items_house: House, text: str, region: str) -> None:
    answer = ask(items_house, text, region)
    cited = {one.source for statement in answer.statements for one in statement.citations}
    assert not any(source.startswith("item_") for source in cited)


def test_a_city_sees_its_provinces_items_and_not_the_other_way(items_house: House) -> None:
    assert isinstance(ask(items_house, "外籍人员子女学校怎么设立", "440300"), Answered)
    of_guangzhou, of_shenzhen = (cited_regions(items_house, region) for region in ("440100", "440300"))
    assert "440100" in of_guangzhou
    assert of_shenzhen <= {"44"}, "an item of 广州 is no item of 深圳"


def cited_regions(house: House, region: str) -> set[str]:
    answer = ask(house, "办理及加注普通护照", region)
    cited = {one.source for statement in answer.statements for one in statement.citations}
    return {house.library.sources[source].region for source in cited}


def test_several_of_one_name_are_told_apart_before_anything_is_quoted(items_house: House) -> None:
    several = ask(items_house, "无线电频率使用许可要什么材料")
    assert isinstance(several, Answered)
    assert "请告诉我是哪一个" in several.statements[0].text
    assert all(one.origin is Origin.RULE for one in several.statements)
    one = ask(items_house, "无线电频率使用许可（注销）要什么材料")
    assert isinstance(one, Answered)
    assert "“无线电频率使用许可（注销）”" in one.statements[0].text


def test_a_word_out_of_a_longer_name_is_not_taken_for_it(items_house: House) -> None:
    answer = ask(items_house, "退休要准备什么")
    assert not any(one.origin is Origin.QUOTE for one in answer.statements)


def test_what_no_item_is_about_is_declined(items_house: House) -> None:
    assert isinstance(ask(items_house, "今天天气怎么样"), Declined)


def test_an_answer_of_quotes_is_recorded_and_reopens(items_house: House) -> None:
    answer = ask(items_house, "外籍人员子女学校怎么设立")
    record = items_house.record(answer.answer_id)
    assert record is not None
    assert not items_house.reopen(record).changed


def test_beside_bundles_an_item_is_found_by_its_name_and_a_bundle_by_its_own(
    list_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings = read_settings({"BANCHENG_HOME": str(tmp_path_factory.mktemp("home"))})
    ours = list_file.read_text(encoding="utf-8").replace('"广东省"', '"湖南省"').replace('"广东省广州市"', '"湖南省"')
    assert open_desk(settings).ingest_items(ours.encode(), load_library().regions, None).refused == ()
    house = open_house(settings, clock=lambda: NOW)
    item = ask(house, "办理及加注普通护照要什么材料", "430100")
    assert isinstance(item, Answered)
    assert "单项指南里有“办理及加注普通护照”" in item.statements[0].text
    for text, slug in (("给刚出生的孩子上户口要带什么", "newborn"), ("我要退休，要准备什么", "retirement")):
        bundle = ask(house, text, "430100")
        assert bundle.matter is not None
        assert bundle.matter.slug == slug


def code(house: House) -> str:
    answer = ask(house, "外籍人员子女学校怎么设立")
    return answer.statements[0].citations[0].source.removeprefix("item_").upper()


def test_the_page_and_the_interface_show_the_item(items_house: House, door: TestClient) -> None:
    found = code(items_house)
    page = door.get(f"/items/{found}")
    assert page.status_code == 200
    assert "原文照录，未按您的情况筛选" in page.text
    assert "广东省" in page.text
    view = door.get(f"/api/items/{found}").json()
    assert view["region"] == "44"
    assert view["notice"] == "原文照录，未按您的情况筛选"
    assert view["as_of"] is None
    assert all(one["name"] in page.text for one in view["materials"])
    for one in view["materials"]:
        place = door.get(f"/sources/{view['source']}", params={"at": one["locator"]})
        assert place.status_code == 200
        assert one["name"] in place.text
        assert f"/items/{found}" in place.text


@pytest.mark.parametrize(
    "path", ["/items/none", "/api/items/none", "/items/43PCN0009225J0100", "/sources/item_none?at=x"]
)
def test_what_was_not_taken_in_is_not_there(door: TestClient, path: str) -> None:
    assert door.get(path).status_code == 404


def test_an_editor_promotes_an_item_to_a_draft(list_file: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("BANCHENG_HOME", str(tmp_path / "home"))

    def run(*words: str):
        return CliRunner().invoke(app, list(words))

    assert run("ingest", "items", str(list_file), "--as-of", "2021-05-01").exit_code == 0
    out = tmp_path / "draft"
    done = run("guides", "promote", "11440000006939756B2440101007000", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert sorted(file.name for file in out.iterdir()) == ["guide.yaml", "notes.yaml", "sources.yaml"]
    assert "2021-05-01" in (out / "notes.yaml").read_text(encoding="utf-8")
    again = run("guides", "promote", "11440000006939756B2440101007000", "--out", str(out))
    assert again.exit_code == 2, "an editor's work is never written over"
    unknown = run("guides", "promote", "43000", "--out", str(tmp_path / "other"))
    assert unknown.exit_code == 2
