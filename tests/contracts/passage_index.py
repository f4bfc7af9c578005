"""The exam every passage index passes, whatever is underneath."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from ingestion.model import Passage
from ingestion.ports import Library, Where

CHANGSHA = ("430100", "43", "")


def passage(source: str, number: int, text: str, **more) -> Passage:
    locator = f"第{number}条"
    return Passage(f"{source}-{number}-{hash(text)}", source, more.pop("title", source), locator, text, **more)


class PassageIndexExam:
    """Subclass and give `opened`: the index of a folder, opened anew at each call."""

    def opened(self, folder: Path) -> Library:
        raise NotImplementedError

    @pytest.fixture
    def index(self, tmp_path: Path) -> Library:
        return self.opened(tmp_path / "index")

    def test_an_empty_library_finds_nothing(self, index: Library) -> None:
        assert index.search("结婚证", Where(), 5) == ()
        assert index.held() == ()

    @pytest.mark.parametrize("query", ["", "   ", "？！", "\U0001f600"])
    def test_a_question_without_words_finds_nothing(self, index: Library, query: str) -> None:
        index.replace("a", [passage("a", 1, "结婚证要带原件")])
        assert index.search(query, Where(), 5) == ()

    def test_the_best_passage_comes_first_and_comes_back_whole(self, index: Library) -> None:
        wanted = passage(
            "a",
            2,
            "户口簿要带首页",
            title="新生儿",
            region="",
            valid_from=date(2025, 1, 1),
            digest="d" * 64,
        )
        index.replace("a", [passage("a", 1, "结婚证要带原件"), wanted])
        hits = index.search("户口簿首页", Where(), 5)
        assert hits[0].passage == wanted
        assert all(before.score >= after.score for before, after in pairwise(hits))

    def test_the_title_is_searched_with_every_passage(self, index: Library) -> None:
        index.replace("a", [passage("a", 1, "带上原件", title="结婚登记")])
        index.replace("b", [passage("b", 1, "带上原件", title="离婚登记")])
        assert index.search("结婚登记带什么", Where(), 1)[0].passage.source == "a"

    def test_another_region_is_never_shown(self, index: Library) -> None:
        for region in ("", "43", "430100", "431022", "44"):
            index.replace(f"r{region}", [passage(f"r{region}", 1, "落户材料", region=region)])
        found = {hit.passage.region for hit in index.search("落户材料", Where(CHANGSHA), 10)}
        assert found == set(CHANGSHA)

    def test_only_what_is_in_force_on_the_day_is_shown(self, index: Library) -> None:
        index.replace("old", [passage("old", 1, "退休年龄", valid_to=date(2024, 12, 31))])
        index.replace("new", [passage("new", 1, "退休年龄", valid_from=date(2025, 1, 1))])
        index.replace("always", [passage("always", 1, "退休年龄")])

        def on(day: date) -> set[str]:
            return {hit.passage.source for hit in index.search("退休年龄", Where(on=day), 10)}

        assert on(date(2024, 12, 31)) == {"old", "always"}
        assert on(date(2025, 1, 1)) == {"new", "always"}

    def test_only_the_kinds_asked_for_are_searched(self, index: Library) -> None:
        index.replace("a", [passage("a", 1, "落户材料", kind="law")])
        index.replace("b", [passage("b", 1, "落户材料", kind="item", region="43")])
        index.replace("c", [passage("c", 1, "落户材料", kind="item", region="44")])
        found = index.search("落户材料", Where(CHANGSHA, kinds=("item",)), 10)
        assert [hit.passage.source for hit in found] == ["b"]
        assert index.search("落户材料", Where(sources=("a",), kinds=("item",)), 10) == ()

    def test_a_search_may_be_kept_to_some_sources(self, index: Library) -> None:
        for source in ("a", "b", "c"):
            index.replace(source, [passage(source, 1, "落户材料")])
        hits = index.search("落户材料", Where(sources=("b", "c")), 10)
        assert {hit.passage.source for hit in hits} == {"b", "c"}

    def test_a_document_is_replaced_whole(self, index: Library) -> None:
        index.replace("a", [passage("a", 1, "旧的规定"), passage("a", 2, "旧的办法")])
        index.replace("b", [passage("b", 1, "别的规定")])
        index.replace("a", [passage("a", 1, "新的规定")])
        assert [one.text for one in index.passages("a")] == ["新的规定"]
        assert {hit.passage.text for hit in index.search("规定", Where(), 10)} == {"新的规定", "别的规定"}
        index.replace("a", [])
        assert {hit.passage.source for hit in index.search("规定", Where(), 10)} == {"b"}
        assert [held.source for held in index.held()] == ["b"]

    def test_what_has_not_changed_is_not_indexed_again(self, index: Library) -> None:
        documents = [(source, [passage(source, 1, f"{source}的规定")]) for source in ("a", "b", "c")]
        assert index.replace_many(documents) == (3, 0)
        version = index.version()
        assert index.replace_many(documents) == (0, 3)
        assert index.version() == version
        assert index.replace_many([("b", [passage("b", 1, "改过的规定")]), *documents[2:]]) == (1, 1)
        assert index.version() != version

    def test_a_reader_notices_a_new_version(self, tmp_path: Path) -> None:
        writer, reader = self.opened(tmp_path / "index"), self.opened(tmp_path / "index")
        writer.replace("a", [passage("a", 1, "结婚证")])
        assert len(reader.search("结婚证", Where(), 5)) == 1
        writer.replace("b", [passage("b", 1, "结婚证")])
        assert len(reader.search("结婚证", Where(), 5)) == 2

    def test_it_is_still_there_when_opened_again(self, tmp_path: Path) -> None:
        self.opened(tmp_path / "index").replace("a", [passage("a", 1, "结婚证")])
        assert [hit.passage.source for hit in self.opened(tmp_path / "index").search("结婚证", Where(), 5)] == ["a"]

    def test_what_it_holds_is_listed(self, index: Library) -> None:
        index.replace(
            "b", [passage("b", 1, "甲", title="乙法", kind="law", digest="0" * 64, valid_from=date(2021, 1, 1))]
        )
        index.replace("a", [passage("a", 1, "甲"), passage("a", 2, "乙")])
        first, second = index.held()
        assert (first.source, first.passages) == ("a", 2)
        assert (second.title, second.kind, second.digest) == ("乙法", "law", "0" * 64)
        assert second.valid_from == date(2021, 1, 1)
