"""What people think of an answer or of us: appended to one file for the operator, personal numbers covered."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

from assistant.masking import mask
from guides.condition import Value


class Opinion(Value):
    """One opinion: a mark on an answer, or words."""

    at: datetime
    answer_id: str = ""
    mark: str = ""
    words: str = ""


class Opinions:
    """The operator's letter box: a file of one JSON object per line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def add(self, opinion: Opinion) -> None:
        """Append an opinion with personal numbers covered."""
        covered = opinion.model_copy(update={"words": mask(opinion.words).text})
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(covered.model_dump_json() + "\n")
