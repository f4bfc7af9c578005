"""The vector path, whole: a tiny model made here, Chroma in a folder and on a server, fused with words."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from evals.retrieval.evaluate import evaluate
from ingestion.adapters.chroma_vectors import ChromaVectors, vector_key
from ingestion.adapters.hybrid_index import HybridIndex
from ingestion.adapters.lexical_index import LexicalIndex
from ingestion.adapters.opening import open_index
from ingestion.adapters.sentence_embedder import SentenceEmbedder
from ingestion.model import Passage
from ingestion.ports import SourceUnavailable, Where
from tests.contracts.passage_index import PassageIndexExam, passage
from tests.contracts.small_parts import EmbedderExam

LETTERS = "结婚证户口簿登记落材料条件费用退休年龄新生儿出生医学证明规定旧的办法别改过带要首页原件可以邮寄快递到家甲乙"


def make_model(folder: Path) -> Path:
    """A sentence-transformers model of one table: every letter a fixed random direction."""
    words = {"[UNK]": 0, **{letter: number for number, letter in enumerate(dict.fromkeys(LETTERS), 1)}}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    table = np.random.default_rng(0).normal(size=(len(words), 32)).astype(np.float32)
    table[0] = 0
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table)], device="cpu")
    model.save(str(folder))
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> str:
    return str(make_model(tmp_path_factory.mktemp("model")))


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    """A Chroma server of our own, on any free port, ended by us."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    chroma = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("server")
    command = [str(chroma), "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(folder)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "ANONYMIZED_TELEMETRY": "False"})
        try:
            for _ in range(300):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


class TestSentenceEmbedder(EmbedderExam):
    @pytest.fixture
    def embedder(self, model: str) -> SentenceEmbedder:
        return SentenceEmbedder(model)


class TestHybridInAFolder(PassageIndexExam):
    @pytest.fixture(autouse=True)
    def use_model(self, model: str) -> None:
        self.model = model

    def opened(self, folder: Path):
        return open_index(folder, embedder=self.model)


class TestHybridOnAServer(PassageIndexExam):
    @pytest.fixture(autouse=True)
    def use_server(self, model: str, server: str) -> None:
        self.model, self.server = model, server

    def opened(self, folder: Path):
        return open_index(folder, embedder=self.model, chroma=self.server)


@pytest.fixture(params=["folder", "server"])
def where(request, tmp_path: Path) -> str | Path:
    if request.param == "folder":
        return tmp_path / "vectors"
    return f"http://{request.getfixturevalue('server')}"


def two(source: str) -> list[Passage]:
    return [passage(source, 1, "结婚证带原件"), passage(source, 2, "户口簿带首页")]


def test_vectors_are_kept_once_found_and_forgotten(where, model: str, tmp_path: Path) -> None:
    vectors = ChromaVectors(where, SentenceEmbedder(model))
    held = two(f"kept {tmp_path.name}")
    ids = [one.id for one in held]
    keys = [vector_key(one) for one in held]
    assert vectors.put(held) == 2
    assert vectors.put(held) == 0
    fresh = ChromaVectors(where, SentenceEmbedder(model))
    assert set(fresh.vectors([*keys, "unknown"])) == set(keys)
    assert np.linalg.norm(fresh.vectors(keys)[keys[0]]) == pytest.approx(1, abs=1e-4)
    assert dict(fresh.nearest("结婚证带原件", 50))[ids[0]] > dict(fresh.nearest("结婚证带原件", 50))[ids[1]]
    vectors.drop([keys[0], "unknown"])
    assert set(ChromaVectors(where, SentenceEmbedder(model)).vectors(keys)) == {keys[1]}


def test_words_choose_and_vectors_only_re_order(where, model: str, tmp_path: Path) -> None:
    lexical = LexicalIndex(tmp_path / "lexical")
    vectors = ChromaVectors(where, SentenceEmbedder(model))
    source = f"fused {tmp_path.name}"
    held = [passage(source, n, text) for n, text in enumerate(["登记结婚证材料", "结婚登记材料证", "退休年龄"])]
    HybridIndex(lexical, vectors).replace(source, held)
    query = "结婚证登记"
    by_words = lexical.search(query, Where(), 10)
    fused = HybridIndex(lexical, vectors).search(query, Where(), 10)
    assert {hit.passage.id for hit in fused} == {hit.passage.id for hit in by_words}
    asked = vectors.question(query)
    near = vectors.vectors([vector_key(hit.passage) for hit in by_words])
    for hit in by_words:
        expected = hit.score / by_words[0].score + 0.25 * float(asked @ near[vector_key(hit.passage)])
        assert next(one.score for one in fused if one.passage == hit.passage) == pytest.approx(expected, abs=1e-4)
    without = HybridIndex(lexical, vectors, weight=0.0).search(query, Where(), 10)
    assert [hit.passage for hit in without] == [hit.passage for hit in by_words]


def test_vectors_made_later_for_documents_already_indexed(model: str, tmp_path: Path) -> None:
    lexical = LexicalIndex(tmp_path / "lexical")
    lexical.replace("a", two("a"))
    vectors = ChromaVectors(tmp_path / "vectors", SentenceEmbedder(model))
    assert HybridIndex(lexical, vectors).replace_many([("a", two("a"))]) == (0, 1)
    assert len(vectors.vectors([vector_key(one) for one in two("a")])) == 2


def test_a_passage_that_keeps_its_name_but_changes_its_words_gets_a_new_vector(model: str, tmp_path: Path) -> None:
    vectors = ChromaVectors(tmp_path / "vectors", SentenceEmbedder(model))
    index = HybridIndex(LexicalIndex(tmp_path / "lexical"), vectors)
    before, after = (Passage("a/1", "a", "", "第一条", words) for words in ("结婚证", "退休年龄"))
    index.replace("a", [before])
    index.replace("a", [after])
    assert set(vectors.vectors([vector_key(before), vector_key(after)])) == {vector_key(after)}
    assert dict(vectors.nearest("退休年龄", 5))["a/1"] == pytest.approx(1, abs=1e-3)


def test_a_silent_vector_store_costs_its_bonus_never_the_answer(model: str, tmp_path: Path) -> None:
    lexical = LexicalIndex(tmp_path / "lexical")
    lexical.replace("a", two("a"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}"
    silent = HybridIndex(lexical, ChromaVectors(dead, SentenceEmbedder(model)))
    assert silent.search("结婚证", Where(), 5) == lexical.search("结婚证", Where(), 5)
    with pytest.raises(SourceUnavailable, match="vector store"):
        silent.replace("b", two("b"))
    assert lexical.passages("b") == ()


def test_a_model_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="cannot be loaded"):
        SentenceEmbedder(str(tmp_path / "nowhere")).embed(["甲"])


def a_share_of(data: Path, folder: Path, documents: int) -> Path:
    """The public sets cut down to their first documents, in the form they come in."""
    source, target = data / "ncp_covid_policy", folder / "ncp_covid_policy"
    target.mkdir()
    kept: set[str] = set()
    rows = []
    for row in (source / "corpus.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(row)["id"].rpartition("-")[0]
        if document in kept or len(kept) < documents:
            kept.add(document)
            rows.append(row)
    (target / "corpus.jsonl").write_text("\n".join(rows), encoding="utf-8")
    head, *marks = (source / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    marks = [mark for mark in marks if mark.split("\t")[1].rpartition("-")[0] in kept]
    (target / "qrels.tsv").write_text("\n".join([head, *marks]), encoding="utf-8")
    shutil.copy(source / "queries.jsonl", target)
    shutil.copytree(data / "stard_law", folder / "stard_law")
    return folder


def test_the_suite_prints_words_vectors_and_both(model: str, shared_data: Path, tmp_path: Path) -> None:
    report = evaluate(quick=True, model=model, data=a_share_of(shared_data, tmp_path, 60))
    values = {name: figure.value for name, figure in report.figures.items()}
    assert report.figures["ncp_ndcg10"].n > 60
    assert values["ncp_fused_ndcg10"] == values["ncp_ndcg10"]
    assert 0 < values["ncp_vector_ndcg10"] < values["ncp_lexical_ndcg10"]
    assert report.config["model"] == model
