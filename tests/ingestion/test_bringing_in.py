"""Files and laws come into the archive and the library, and citations open there."""

from __future__ import annotations

import gzip
import json
import lzma
from datetime import date
from pathlib import Path

import pytest

from assistant.passages import indexable
from guides.library import load_library
from ingestion.adapters.cutting import cut_long
from ingestion.adapters.law_jsonl import LawJsonl, region_of
from ingestion.model import LawText, Limits
from ingestion.pipeline import index_passages, ingest, ingest_laws, open_citation, read_document
from ingestion.ports import DocumentInvalid, SourceUnavailable, Where
from ingestion.steps.in_force import effective_from, in_force
from ingestion.steps.locate import find_clause
from tests.ingestion.conftest import picture_of, png

TODAY = date(2026, 11, 22)
NOTICE = "# 关于落户的通知\n\n一、条件\n户口可以随父。\n二、材料\n带结婚证。"


def record(title: str, text: str, day: str = "2020-01-01", category: str = "行政法规") -> dict[str, str]:
    return {"id": "L0", "title": title, "date": day, "category": category, "path": "x.md", "text": text}


def lines(*records: dict[str, str]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records).encode()


def bring_laws(content: bytes, archive, library):
    return ingest_laws(content, LawJsonl(), archive, library, cut_long)


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "sources"
    (place / "sub").mkdir(parents=True)
    (place / "通知.txt").write_text(
        "# 关于落户的通知\n\n一、条件\n户口可以随父。\n二、材料\n带结婚证。", encoding="utf-8"
    )
    (place / "sub" / "页.html").write_text("<html><body><h2>费用</h2><p>不收费</p></body></html>", encoding="utf-8")
    (place / "扫描.png").write_bytes(png(picture_of(["邮寄费用自理"])))
    (place / "坏.pdf").write_bytes(b"%PDF-1.7 cut off")
    (place / ".hidden").write_text("户口 secret", encoding="utf-8")
    return place


def test_a_folder_comes_in_and_what_cannot_be_read_is_told(folder, readers, archive, library) -> None:
    report = ingest([folder], readers, archive, library, cut_long)
    assert report.replaced == 3
    assert [(refused.name, refused.reason) for refused in report.refused] == [("sources/坏.pdf", "truncated")]
    assert {held.source for held in library.held()} == {
        "file:sources/通知.txt",
        "file:sources/sub/页.html",
        "file:sources/扫描.png",
    }
    (hit,) = library.search("邮寄费用", Where(), 1)
    assert hit.passage.locator == "第1页"
    assert archive.get(hit.passage.digest) == (folder / "扫描.png").read_bytes()


def test_coming_in_again_changes_nothing_and_a_changed_file_replaces_itself(folder, readers, archive, library) -> None:
    first = ingest([folder], readers, archive, library, cut_long)
    again = ingest([folder], readers, archive, library, cut_long)
    assert (again.replaced, again.unchanged, again.passages) == (0, 3, first.passages)
    (folder / "通知.txt").write_text("# 关于落户的通知\n\n一、条件\n户口可以随母。", encoding="utf-8")
    assert ingest([folder], readers, archive, library, cut_long).replaced == 1
    texts = " ".join(passage.text for passage in library.passages("file:sources/通知.txt"))
    assert "随母" in texts
    assert "随父" not in texts


def test_a_file_that_is_not_there_or_says_nothing_is_told(tmp_path, readers, archive, library) -> None:
    blank = tmp_path / "blank.png"
    blank.write_bytes(png(picture_of([])))
    report = ingest([tmp_path / "nowhere.pdf", blank], readers, archive, library, cut_long)
    assert [refused.reason for refused in report.refused] == ["missing", "no_text"]
    assert library.held() == ()


def test_a_file_is_cited_by_its_name_and_opens(folder, readers, archive, library) -> None:
    ingest([folder], readers, archive, library, cut_long)
    opened = open_citation(library, archive, kind="file", key="扫描.png", locator="第1页")
    assert opened is not None
    assert opened.words == "邮寄费用自理"
    assert opened.box is not None
    assert open_citation(library, archive, kind="file", key="扫描.png", locator="第2页") is None
    assert open_citation(library, archive, kind="file", key="没有.png", locator="第1页") is None
    notice = open_citation(library, archive, kind="file", key="通知.txt", locator="二")
    assert notice is not None
    assert notice.words == "二、材料\n带结婚证。"


def test_reading_a_document_goes_through_the_port(readers) -> None:
    document = read_document("第一条 甲".encode(), "a.txt", readers, Limits())
    assert document.blocks[0].text == "第一条 甲"


# --- laws ------------------------------------------------------------------------------------------------------------


def test_laws_come_in_packed_or_plain(archive, library) -> None:
    plain = lines(record("甲法", "第一条 户口登记。\n\n第二条 乙。"), record("乙法", "第一条 别的。"))
    for content in (plain, gzip.compress(plain), lzma.compress(plain)):
        bring_laws(content, archive, library)
        assert [held.source for held in library.held()] == ["law:乙法@2020-01-01", "law:甲法@2020-01-01"]
    (hit,) = library.search("户口登记", Where(on=TODAY), 1)
    assert (hit.passage.title, hit.passage.locator, hit.passage.kind) == ("甲法", "第一条", "law")
    assert find_clause(archive.get(hit.passage.digest).decode(), "第二条") == "第二条 乙。"


def test_of_several_versions_the_one_in_force_on_the_day_is_found(archive, library) -> None:
    bring_laws(
        lines(
            record("甲法", "第一条 退休年龄六十。\n\n第二条 自1990年1月1日起施行。", "1989-05-01"),
            record("甲法", "第一条 退休年龄六十三。\n\n第二条 自2025年1月1日起施行。", "2024-09-13"),
        ),
        archive,
        library,
    )

    def on(day: date) -> list[str]:
        hits = library.search("退休年龄", Where(on=day), 5)
        return [hit.passage.text for hit in hits if hit.passage.locator == "第一条"]

    assert on(date(1989, 12, 31)) == []
    assert on(date(2024, 12, 31)) == ["第一条 退休年龄六十。"]
    assert on(date(2025, 1, 1)) == ["第一条 退休年龄六十三。"]


def test_the_day_a_law_holds_from() -> None:
    def law(text: str, published: date | None) -> LawText:
        return LawText("law:x", "x", text, published, "")

    assert effective_from(law("本法自2021年1月1日起施行。", date(2020, 5, 28))) == date(2021, 1, 1)
    assert effective_from(law("本法自1995年1月1日起施行。", date(2018, 12, 29))) == date(2018, 12, 29)
    assert effective_from(law("本法自公布之日起施行。", date(2018, 12, 29))) == date(2018, 12, 29)
    assert effective_from(law("本法自2021年13月45日起施行。", None)) is None


def test_versions_follow_each_other_without_gap_or_overlap() -> None:
    laws = [LawText(f"law:x@{year}", "x", "", date(year, 3, 1), "") for year in (2010, 2000, 2020)]
    held = sorted(in_force(laws), key=lambda one: one.law.source)
    assert [(one.valid_from, one.valid_to) for one in held] == [
        (date(2000, 3, 1), date(2010, 2, 28)),
        (date(2010, 3, 1), date(2020, 2, 29)),
        (date(2020, 3, 1), None),
    ]


@pytest.mark.parametrize(
    ("title", "category", "region"),
    [
        ("中华人民共和国户口登记条例", "行政法规", ""),
        ("上海口岸服务条例", "DLC/上海地方法规", "31"),
        ("广东省某条例", "DLC/广东地方法规", "44"),
        ("东营市城镇容貌和环境卫生管理条例", "DLC/山东地方法规", "东营市"),
        ("深圳经济特区某条例", "DLC/广东地方法规", "深圳经济特区"),
    ],
)
def test_a_local_law_holds_only_in_its_place(title: str, category: str, region: str) -> None:
    assert region_of(title, category) == region


def test_a_law_without_text_is_told(archive, library) -> None:
    report = bring_laws(lines(record("甲法", ""), record("乙法", "第一条 乙。")), archive, library)
    assert report.without_text == ("law:甲法@2020-01-01",)
    assert (report.replaced, report.unchanged, report.refused) == (1, 0, ())


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not json\n", "not_a_collection"),
        (lines({"title": "a"}), "not_a_collection"),
        (lines({**record("a", "b"), "surprise": "x"}), "not_a_collection"),
        (lines(record("a", "b", "2020-13-01")), "not_a_collection"),
        (lzma.compress(lines(record("a", "b" * 999)))[:-9], "truncated"),
        (gzip.compress(lines(record("a", "b" * 999)))[:-9], "truncated"),
    ],
)
def test_a_file_that_is_no_collection_changes_nothing(archive, library, content: bytes, reason: str) -> None:
    bring_laws(lines(record("甲法", "第一条 甲。")), archive, library)
    with pytest.raises(DocumentInvalid, match=reason):
        bring_laws(content, archive, library)
    assert [held.title for held in library.held()] == ["甲法"]


@pytest.fixture(scope="module")
def real_laws(shared_data: Path) -> list[LawText]:
    return list(LawJsonl().laws((shared_data / "laws" / "laws.jsonl.xz").read_bytes()))


def test_every_article_of_every_law_opens(real_laws: list[LawText]) -> None:
    """A sample across the collection: each first, middle and last article opens with its own words."""
    from ingestion.steps.clauses import parse_law

    opened = 0
    for law in real_laws[::40]:
        articles = parse_law(law.text).articles
        for article in {articles[0], articles[len(articles) // 2], articles[-1]} if articles else ():
            first = next(one for one in articles if (one.number, one.branch) == (article.number, article.branch))
            assert find_clause(law.text, article.locator) == first.text
            opened += 1
    assert opened > 200


@pytest.mark.parametrize(
    ("title", "locator", "holds"),
    [
        ("中华人民共和国户口登记条例", "第七条", "婴儿出生后一个月以内"),
        ("中华人民共和国民法典", "第一千零四十七条", "男不得早于二十二周岁"),
        ("中华人民共和国社会保险法", "第十六条第一款", "累计缴费满十五年"),
        ("中华人民共和国食品安全法", "第三十五条", "许可"),
        ("中华人民共和国居民身份证法", "第十条", "居民户口簿"),
    ],
)
def test_a_cited_clause_opens_in_the_version_in_force(
    real_laws: list[LawText], archive, library, title: str, locator: str, holds: str
) -> None:
    some = [law for law in real_laws if law.title.startswith(title)]
    records = [
        {
            "id": "x",
            "title": law.title,
            "date": law.published.isoformat() if law.published else "",
            "category": law.category,
            "text": law.text.split("\n", 1)[1],
        }
        for law in some
    ]
    bring_laws(lines(*records), archive, library)
    opened = open_citation(library, archive, kind="law", key=title, locator=locator, on=TODAY)
    assert opened is not None
    assert holds in opened.words
    assert open_citation(library, archive, kind="law", key=title, locator="第九千九百九十九条", on=TODAY) is None


def test_an_edition_may_be_named(archive, library) -> None:
    bring_laws(
        lines(record("甲法", "第一条 旧。", "2000-01-01"), record("甲法", "第一条 新。", "2020-01-01")),
        archive,
        library,
    )

    def words(**more) -> str | None:
        opened = open_citation(library, archive, kind="law", key="甲法", locator="第一条", **more)
        return opened.words if opened else None

    assert words(on=TODAY) == "第一条 新。"
    assert words(on=date(2010, 1, 1)) == "第一条 旧。"
    assert words(edition="2000-01-01", on=TODAY) == "第一条 旧。"
    assert words(edition="1999-01-01") is None


def test_an_original_the_archive_has_lost_is_said_not_hidden(archive, library, tmp_path: Path) -> None:
    bring_laws(lines(record("甲法", "第一条 甲。")), archive, library)
    (kept,) = (path for path in (tmp_path / "archive").glob("*/*") if path.is_file())
    kept.chmod(0o600)
    kept.write_text("第一条 改过的。")
    with pytest.raises(SourceUnavailable, match="changed"):
        open_citation(library, archive, kind="law", key="甲法", locator="第一条")


# --- our own guides --------------------------------------------------------------------------------------------------


def test_guides_come_in_beside_the_sources_and_leave_when_they_go(archive, library) -> None:
    ours = list(indexable(load_library()))
    guides = {passage.source for passage in ours}
    bring_laws(lines(record("甲法", "第一条 结婚证。")), archive, library)
    replaced, unchanged = index_passages(library, ours, kind="guide")
    assert (replaced, unchanged) == (len(guides), 0)
    hits = library.search("出生医学证明可以邮寄吗", Where(("430100", "43", ""), TODAY), 5)
    assert hits[0].passage.source == "guide:430100/newborn"
    newborn = [passage for passage in ours if passage.source == "guide:430100/newborn"]
    assert index_passages(library, newborn, kind="guide") == (len(guides) - 1, 1)
    assert [held.kind for held in library.held()] == ["guide", "law"]
