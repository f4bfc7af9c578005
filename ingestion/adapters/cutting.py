"""Cut long clauses at the best place: a line, a sentence, a semicolon, a comma."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

CUT_CHARACTERS = 400
_PLACES = ["\n", "。", "；", ";", "，", ",", ""]


def cut_long(text: str) -> Sequence[str]:
    """Give pieces of at most 400 characters; joined, they are the text."""
    return _splitter().split_text(text)


@lru_cache(maxsize=1)
def _splitter() -> RecursiveCharacterTextSplitter:
    from langchain_text_splitters import RecursiveCharacterTextSplitter  # half a second, needed only to ingest

    return RecursiveCharacterTextSplitter(
        separators=_PLACES, chunk_size=CUT_CHARACTERS, chunk_overlap=0, keep_separator="end", strip_whitespace=False
    )
