"""Single items: read line by line, refused where a line is none, held whole, and only in their own place."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from guides.library import load_library
from guides.model import Region, Status
from guides.proof import prove
from guides.references import reference_problems
from ingestion.adapters.cutting import cut_long
from ingestion.adapters.items_jsonl import ItemsJsonl
from ingestion.items import LABELS, BadLine, ReadItem, cited_as, code_of
from ingestion.model import IngestReport
from ingestion.pipeline import draft_item, ingest_items, open_citation, open_item
from ingestion.ports import DocumentInvalid, Where
from ingestion.steps.item_regions import region_finder

AS_OF = date(2021, 5, 1)
GUANGZHOU, CHANGSHA = ("440100", "44", ""), ("430100", "43", "")
GOOD: dict[str, str | list[str] | None] = {
    "TASK_CODE": "11440000006939756B2440101007000",
    "TASK_NAME": "临时价格干预范围事项提价申报",
    "CATANAME": "提价申报",
    "TASK_TYPE_TEXT": "行政许可",
    "DEPT_NAME": "广东省发展和改革委员会",
    "AREA_CODE_TEXT": "广东省",
    "URL": "https://www.gdzwfw.gov.cn/a",
    "accept_standard": "价格显著上涨时申报。",
    "material_intro": ["申请报告", "成本说明"],
    "handle_time": "无",
    "consult_phone": "020-34121084",
}


@pytest.fixture(scope="module")
def regions() -> tuple[Region, ...]:
    return load_library().regions


@pytest.fixture(scope="module")
def guangdong(shared_data: Path) -> bytes:
    return (shared_data / "guangdong_items" / "items.jsonl").read_bytes()


def lines(*records: object) -> bytes:
    return "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records).encode()


def read(content: bytes, regions: tuple[Region, ...]) -> list[ReadItem | BadLine]:
    return list(ItemsJsonl().items(content, region_finder(regions)))


def bring(content: bytes, archive, library, regions: tuple[Region, ...]) -> IngestReport:
    return ingest_items(content, ItemsJsonl(), archive, library, cut_long, regions, as_of=AS_OF)


def test_every_line_of_the_list_is_an_item_and_every_word_of_it_is_kept(guangdong: bytes, regions) -> None:
    found = read(guangdong, regions)
    assert len(found) == 2262
    for raw, one in zip(guangdong.splitlines(), found, strict=True):
        assert isinstance(one, ReadItem), one
        record = json.loads(raw)
        assert set(record) <= set(LABELS)
        for key, value in record.items():
            words = one.item.words(key)
            said = [part for part in (value if isinstance(value, list) else [value]) if part not in (None, "", "无")]
            assert words == ("\n".join(part.strip() for part in said) or None), key


def test_the_whole_list_is_taken_in_and_found_in_its_own_place_alone(
    guangdong: bytes, regions, archive, library
) -> None:
    report = bring(guangdong, archive, library, regions)
    assert (report.replaced, report.refused) == (2262, ())
    assert {held.kind for held in library.held()} == {"item"}
    for query in ("外籍人员子女学校", "机动车驾驶证", "普通护照", "律师执业"):
        assert library.search(query, Where(GUANGZHOU, kinds=("item",)), 5)
        assert library.search(query, Where(CHANGSHA), 50) == ()
    passports = library.search("普通护照", Where(("44", "")), 20)
    assert {hit.passage.region for hit in passports} <= {"44", ""}, "a city's item is not the province's"
    assert library.search("普通护照", Where(GUANGZHOU, on=date(2020, 1, 1)), 5) == (), "before the day it speaks for"


@pytest.mark.parametrize(
    ("change", "reason", "says"),
    [
        ({"newKey": "新的说明"}, "not_an_item", "不认识的键“newKey”"),
        ({"TASK_NAME": ""}, "not_an_item", "TASK_NAME"),
        ({"TASK_CODE": "abc"}, "not_an_item", "TASK_CODE"),
        ({"URL": "javascript:alert(1)"}, "not_an_item", "URL"),
        ({"material_intro": {"a": 1}}, "not_an_item", "material_intro"),
        ({"visit_number": 3}, "not_an_item", "visit_number"),
        ({"AREA_CODE_TEXT": "某某省"}, "region", "某某省"),
        ({"AREA_CODE_TEXT": "广东"}, "region", "广东"),
    ],
)
def test_a_line_that_is_no_item_is_reported_by_its_number(regions, archive, library, change, reason, says) -> None:
    other = GOOD | {"TASK_CODE": "11440000006939756B2440101007001"}
    report = bring(lines(other, "", GOOD | change), archive, library, regions)
    assert report.replaced == 1
    (refused,) = report.refused
    assert (refused.name, refused.reason) == ("第 3 行", reason)
    assert says in refused.remedy


def test_a_line_without_a_name_and_one_that_is_no_json_are_reported(regions) -> None:
    nameless = {key: value for key, value in GOOD.items() if key != "TASK_NAME"}
    found = read(lines(nameless, "{", "\x00"), regions)
    assert [one.number for one in found if isinstance(one, BadLine)] == [1, 2, 3]
    assert "缺少“TASK_NAME”" in next(one.remedy for one in found if isinstance(one, BadLine))


def test_the_same_code_twice_is_taken_once(regions, archive, library) -> None:
    report = bring(lines(GOOD, GOOD | {"TASK_NAME": "另一个"}), archive, library, regions)
    assert report.replaced == 1
    assert "和第 1 行重复" in report.refused[0].remedy
    held = open_item(str(GOOD["TASK_CODE"]), ItemsJsonl(), archive, library, regions)
    assert held is not None
    assert held.item.name == GOOD["TASK_NAME"]


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_file_is_no_list(content: bytes, regions) -> None:
    with pytest.raises(DocumentInvalid, match="not_items"):
        read(content, regions)


def test_an_item_is_replaced_whole(regions, archive, library) -> None:
    bring(lines(GOOD), archive, library, regions)
    changed = GOOD | {"accept_standard": "新的条件。", "material_intro": "无"}
    assert bring(lines(changed), archive, library, regions).replaced == 1
    assert bring(lines(changed), archive, library, regions).unchanged == 1
    texts = [one.text for one in library.passages(f"item:{GOOD['TASK_CODE']}")]
    assert not any("申请报告" in text or "显著上涨" in text for text in texts)


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("accept_standard", "价格显著上涨时申报。"),
        ("material_intro/2", "成本说明"),
        ("material_intro", "申请报告\n成本说明"),
        ("consult_phone", "020-34121084"),
        ("material_intro/3", None),
        ("nothing", None),
    ],
)
def test_a_citation_opens_at_its_key(regions, archive, library, locator: str, words: str | None) -> None:
    bring(lines(GOOD), archive, library, regions)
    opened = open_citation(library, archive, kind="item", key=str(GOOD["TASK_CODE"]), locator=locator)
    assert (opened.words if opened else None) == words


def test_a_region_counts_by_its_full_name_only(regions) -> None:
    find = region_finder(regions)
    assert find("广东省") == "44"
    assert find("广东省广州市") == find("广州市") == "440100"
    assert find("湖南省长沙市") == "430100"
    assert [find(name) for name in ("广东", "湖南省广州市", "", "全国", "中国")] == [None] * 5


def test_an_item_is_cited_by_an_id_that_leads_back() -> None:
    code = str(GOOD["TASK_CODE"])
    assert code_of(cited_as(code)) == code_of(f"item:{code}") == code
    assert code_of("portal_newborn_changsha") == ""


def test_a_promoted_item_is_a_draft_that_keeps_its_sentences_as_quotes(
    guangdong: bytes, regions, archive, library
) -> None:
    bring(b"\n".join(guangdong.splitlines()[:40]), archive, library, regions)
    for held in library.held():
        item = open_item(code_of(held.source), ItemsJsonl(), archive, library, regions)
        assert item is not None
        draft = draft_item(item, on=date(2026, 11, 22))
        assert list(reference_problems(draft.guide, {draft.source.id: draft.source})) == []
        assert prove(draft.guide, date(2026, 11, 22)).problems == ()
        listed = [material.name for material in draft.guide.materials]
        assert listed == list(item.item.materials) or (not item.item.materials and "【待写】" in listed[0])
        assert {rule.status for material in draft.guide.materials for rule in material.rules} == {Status.REQUIRED}
        condition = item.item.said_of("accept_standard")
        if len(condition) > 14:
            assert condition not in draft.guide.model_dump_json()
            assert any(quote.text == condition for mark in draft.marks for quote in mark.quotes)
        assert any(note.about == "valid_from" and "2021-05-01" in note.text for note in draft.notes)
