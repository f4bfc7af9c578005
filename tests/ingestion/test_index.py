"""The lexical index: the scores of bm25s, however it came about; versions readers see whole; one writer."""

from __future__ import annotations

import multiprocessing
import shutil
import threading
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.adapters.langchain_retriever import PassageRetriever
from ingestion.adapters.lexical_arrays import Part, counted, impacts, merge
from ingestion.adapters.lexical_index import LexicalIndex
from ingestion.adapters.lexical_snapshot import SnapshotStore
from ingestion.adapters.lexical_tokens import count, plain, query_tokens
from ingestion.adapters.passage_lines import digest_of
from ingestion.model import Passage
from ingestion.ports import SourceUnavailable, Where

TEXTS = st.lists(st.text(st.sampled_from("户口登记结婚证 aA1，。新生儿"), max_size=30), min_size=1, max_size=12)


def grams(text: str) -> list[str]:
    """The same analysis, written the slow and obvious way."""
    words = plain(text).split()
    return [char for word in words for char in word] + [word[n : n + 2] for word in words for n in range(len(word) - 1)]


def passage(source: str, number: int, text: str, title: str = "") -> Passage:
    return Passage(f"{source}/{number}", source, title, f"第{number}条", text)


def documents(texts: list[list[str]]) -> list[tuple[str, list[Passage]]]:
    return [(f"s{n}", [passage(f"s{n}", at, text) for at, text in enumerate(held)]) for n, held in enumerate(texts)]


# --- words ---------------------------------------------------------------------------------------------------


def test_writing_variants_are_one() -> None:
    assert plain("ＡＢＣ，身份证（复印件）！") == "abc 身份证 复印件"


def test_asking_phrases_are_left_out_of_a_question_but_not_out_of_everything() -> None:
    assert list(query_tokens("请问结婚证怎么办理？")) == list(query_tokens("结婚证"))
    assert len(query_tokens("怎么办")) > 0
    assert len(query_tokens("？！")) == 0


@given(TEXTS)
def test_tokens_are_counted_as_the_obvious_way_counts_them(texts: list[str]) -> None:
    made = count(texts)
    for row, text in enumerate(texts):
        expected = grams(text)
        assert made.lengths[row] == len(expected)
        assert sorted(made.counts[made.rows == row]) == sorted(expected.count(gram) for gram in set(expected))


# --- scores --------------------------------------------------------------------------------------------------


@given(
    TEXTS.filter(lambda texts: any(grams(text) for text in texts)),
    st.text("户口登记结婚证新生儿", min_size=1, max_size=8),
)
def test_scores_are_those_of_bm25s(texts: list[str], query: str) -> None:
    reference = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
    reference.index([grams(text) for text in texts], show_progress=False)
    postings = merge([Part(count(texts), np.arange(len(texts), dtype=np.int32))], len(texts))
    assert len(impacts(postings)) == len(postings.rows)
    known = [gram for gram in grams(query) if gram in reference.vocab_dict]
    expected = reference.get_scores(known) if known else np.zeros(len(texts))
    ours = np.zeros(len(texts))
    for token in query_tokens_of(query):
        at = np.searchsorted(postings.tokens, token)
        if at < len(postings.tokens) and postings.tokens[at] == token:
            span = slice(postings.starts[at], postings.starts[at + 1])
            ours[postings.rows[span]] += impacts(postings)[span]
    assert ours == pytest.approx(expected, rel=1e-4, abs=1e-5)


def query_tokens_of(query: str) -> list[int]:
    made = count([query])
    return [int(token) for token, times in zip(made.tokens, made.counts, strict=True) for _ in range(times)]


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, min_size=1, max_size=4), st.data())
def test_an_index_changed_step_by_step_is_the_index_made_at_once(tmp_path_factory, before, after, data) -> None:
    folder = tmp_path_factory.mktemp("index")
    grown, fresh = LexicalIndex(folder / "grown"), LexicalIndex(folder / "fresh")
    for document in data.draw(st.permutations(documents(before))):
        grown.replace(*document)
    wanted = dict(documents(after))
    for source, held in data.draw(st.permutations([*wanted.items(), *((f"s{n}", []) for n in range(len(after), 4))])):
        grown.replace(source, held)
    fresh.replace_many(wanted.items())
    assert grown.version() == fresh.version()
    one, other = SnapshotStore(folder / "grown").load(), SnapshotStore(folder / "fresh").load()
    for field in ("tokens", "starts", "rows", "counts", "lengths"):
        assert np.array_equal(getattr(one.postings, field), getattr(other.postings, field)), field
    assert np.array_equal(one.impacts, other.impacts)
    assert bytes(one.lines) == bytes(other.lines)
    assert one.sources == other.sources
    shutil.rmtree(folder)


def test_merging_leaves_no_trace_of_rows_left_out() -> None:
    whole = merge([Part(count(["甲乙", "丙丁", "甲丁"]), np.array([0, 1, 2], dtype=np.int32))], 3)
    less = merge([Part(counted(whole), np.array([0, -1, 1], dtype=np.int32))], 2)
    made = merge([Part(count(["甲乙", "甲丁"]), np.array([0, 1], dtype=np.int32))], 2)
    assert np.array_equal(less.tokens, made.tokens)
    assert np.array_equal(less.rows, made.rows)


def test_equal_scores_come_in_the_order_of_the_library(library: LexicalIndex) -> None:
    library.replace_many([(source, [passage(source, 1, "结婚证")]) for source in ("c", "a", "b")])
    for limit in (1, 2, 3):
        found = [hit.passage.source for hit in library.search("结婚证", Where(), limit)]
        assert found == ["a", "b", "c"][:limit]


# --- versions, one writer, many readers ------------------------------------------------------------------------


def test_a_failed_write_leaves_the_old_version_in_force(library: LexicalIndex, tmp_path: Path) -> None:
    library.replace("a", [passage("a", 1, "旧的规定")])

    def broken():
        yield "a", [passage("a", 1, "新的规定")]
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError):
        library.replace_many(broken())
    assert [hit.passage.text for hit in LexicalIndex(tmp_path / "library").search("规定", Where(), 5)] == ["旧的规定"]


def test_a_second_writer_is_told_to_wait(library: LexicalIndex, tmp_path: Path) -> None:
    with SnapshotStore(tmp_path / "library").writing(), pytest.raises(SourceUnavailable, match="another process"):
        library.replace("a", [passage("a", 1, "规定")])
    library.replace("a", [passage("a", 1, "规定")])


def _write_versions(folder: Path, versions: int) -> None:
    index = LexicalIndex(folder)
    for number in range(1, versions + 1):
        index.replace_many([(source, [passage(source, 1, f"版本{number} 规定")]) for source in ("a", "b", "c")])


def test_readers_in_another_process_see_only_whole_versions(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    _write_versions(folder, 1)
    reader = LexicalIndex(folder)
    writer = multiprocessing.get_context("spawn").Process(target=_write_versions, args=(folder, 30))
    writer.start()
    seen = set()
    while writer.is_alive():
        texts = {hit.passage.text for hit in reader.search("规定", Where(), 5)}
        assert len(texts) == 1
        seen |= texts
    writer.join()
    assert writer.exitcode == 0
    assert {hit.passage.text for hit in reader.search("规定", Where(), 5)} == {"版本30 规定"}


def test_several_threads_may_search_while_versions_change(library: LexicalIndex) -> None:
    library.replace("a", [passage("a", 1, "规定甲")])
    faults: list[Exception] = []

    def search() -> None:
        try:
            for _ in range(200):
                assert library.search("规定", Where(), 5)
        except (AssertionError, SourceUnavailable, LookupError) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(10):
        library.replace("b", [passage("b", number, "规定乙")])
    for thread in threads:
        thread.join()
    assert faults == []


@pytest.mark.parametrize("what", ["tokens.npy", "lines.npy", "meta.json"])
def test_a_damaged_index_says_so(library: LexicalIndex, tmp_path: Path, what: str) -> None:
    library.replace("a", [passage("a", 1, "规定")])
    (file,) = (tmp_path / "library" / "versions").glob(f"*/{what}")
    file.write_bytes(b"\x00\x01")
    with pytest.raises(SourceUnavailable, match="damaged"):
        LexicalIndex(tmp_path / "library").search("规定", Where(), 5)


def test_a_version_that_is_missing_says_so(library: LexicalIndex, tmp_path: Path) -> None:
    library.replace("a", [passage("a", 1, "规定")])
    shutil.rmtree(tmp_path / "library" / "versions")
    with pytest.raises(SourceUnavailable, match="missing"):
        LexicalIndex(tmp_path / "library").search("规定", Where(), 5)


def test_old_versions_do_not_pile_up(library: LexicalIndex, tmp_path: Path) -> None:
    for number in range(6):
        library.replace("a", [passage("a", number, f"规定{number}")])
    assert len(list((tmp_path / "library" / "versions").iterdir())) <= 2


def test_the_digest_of_a_document_changes_with_anything_in_it() -> None:
    one = passage("a", 1, "规定")
    changes = [passage("a", 1, "规章"), passage("a", 2, "规定"), passage("a", 1, "规定", "题")]
    assert len({digest_of([other]) for other in [one, *changes]}) == 4


# --- for LangChain ---------------------------------------------------------------------------------------------


def test_the_index_is_a_langchain_retriever(library: LexicalIndex) -> None:
    library.replace_many([(source, [passage(source, 1, f"{source}结婚证")]) for source in ("a", "b")])
    found = PassageRetriever(index=library, where=Where(sources=("b",)), limit=3).invoke("结婚证怎么办")
    assert [document.page_content for document in found] == ["b结婚证"]
    assert found[0].metadata["locator"] == "第1条"
    assert found[0].id == "b/1"
