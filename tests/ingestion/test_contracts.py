"""The bodies of this room sit the exams of their ports (the vector path sits them in test_vectors.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.adapters.disk_archive import DiskArchive
from ingestion.adapters.lexical_index import LexicalIndex
from tests.contracts.passage_index import PassageIndexExam
from tests.contracts.small_parts import OcrEngineExam, SourceArchiveExam


class TestLexicalIndex(PassageIndexExam):
    def opened(self, folder: Path) -> LexicalIndex:
        return LexicalIndex(folder)


class TestDiskArchive(SourceArchiveExam):
    @pytest.fixture
    def archive(self, tmp_path: Path) -> DiskArchive:
        return DiskArchive(tmp_path / "archive")


class TestRapidOcr(OcrEngineExam):
    @pytest.fixture
    def engine(self, ocr):
        return ocr

    @pytest.fixture
    def draw(self, draw):
        return draw
