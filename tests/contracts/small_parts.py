"""The exams of the archive, the embedder and the OCR engine."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingestion.model import LineOrigin
from ingestion.ports import Embedder, OcrEngine, SourceArchive, SourceUnavailable


class SourceArchiveExam:
    """Subclass and give `archive`."""

    @pytest.fixture
    def archive(self, tmp_path: Path) -> SourceArchive:
        raise NotImplementedError

    @pytest.mark.parametrize("content", [b"", b"\x00\xff", "户口登记条例".encode() * 1000])
    def test_what_was_put_comes_back(self, archive: SourceArchive, content: bytes) -> None:
        digest = archive.put(content)
        assert digest == hashlib.sha256(content).hexdigest()
        assert archive.get(digest) == content

    def test_putting_twice_is_harmless(self, archive: SourceArchive) -> None:
        assert archive.put(b"a") == archive.put(b"a")
        assert archive.get(archive.put(b"a")) == b"a"

    @pytest.mark.parametrize("digest", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63 + "\n"])
    def test_what_is_not_held_is_unavailable(self, archive: SourceArchive, digest: str) -> None:
        with pytest.raises(SourceUnavailable):
            archive.get(digest)


class EmbedderExam:
    """Subclass and give `embedder`."""

    @pytest.fixture
    def embedder(self) -> Embedder:
        raise NotImplementedError

    @pytest.mark.parametrize("texts", [[], ["结婚证"], ["结婚证", "户口簿", "", "☃ unknown"]])
    def test_one_unit_vector_per_text_in_order(self, embedder: Embedder, texts: Sequence[str]) -> None:
        vectors = embedder.embed(texts)
        assert len(vectors) == len(texts)
        for text, vector in zip(texts, vectors, strict=True):
            assert math.isclose(math.fsum(part * part for part in vector), 1.0, abs_tol=1e-4)
            assert embedder.embed([text])[0] == pytest.approx(vector, abs=1e-4)

    def test_a_question_lies_in_the_same_space(self, embedder: Embedder) -> None:
        (vector,) = embedder.embed(["结婚证"])
        asked = embedder.embed_query("结婚证")
        assert len(asked) == len(vector)
        assert math.isclose(math.fsum(part * part for part in asked), 1.0, abs_tol=1e-4)

    def test_it_has_a_name(self, embedder: Embedder) -> None:
        assert embedder.name


class OcrEngineExam:
    """Subclass and give `engine` and `draw` (words and their height in pixels to a PNG)."""

    @pytest.fixture
    def engine(self) -> OcrEngine:
        raise NotImplementedError

    @pytest.fixture
    def draw(self) -> Callable[[Sequence[str]], bytes]:
        raise NotImplementedError

    def test_a_blank_page_gives_no_lines(self, engine: OcrEngine, draw) -> None:
        assert engine.read(draw([])) == ()

    def test_printed_words_are_read_where_they_stand(self, engine: OcrEngine, draw) -> None:
        lines = engine.read(draw(["居民户口簿", "户主姓名 样本"]))
        assert "".join(line.text for line in lines).replace(" ", "") == "居民户口簿户主姓名样本"
        first = lines[0]
        assert first.origin is LineOrigin.OCR
        assert 0.9 < first.confidence <= 1
        assert 0 < first.box.x0 < first.box.x1 < 1
        assert first.box.y1 < 0.5
        assert len(first.quad) == 4

    def test_the_same_page_is_read_the_same_way(self, engine: OcrEngine, draw) -> None:
        page = draw(["结婚证"])
        assert engine.read(page) == engine.read(page)
