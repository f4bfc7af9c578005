"""One assistant for all stories: building the index and reading the laws once is enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.desk import HeldTexts, NoTexts, Talk, sit_down, the_library


@pytest.fixture(scope="session")
def talk(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Talk:
    """Give an assistant whose archive holds the sources' texts."""
    library = the_library()
    return sit_down(tmp_path_factory.mktemp("index"), HeldTexts(library, shared_data), library)


@pytest.fixture
def bare_talk(tmp_path: Path) -> Talk:
    """Give an assistant of its own, whose archive holds nothing."""
    return sit_down(tmp_path / "index", NoTexts(), the_library())
