"""Cut long clauses at the best place: a line, a sentence, a semicolon, a comma."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_text_splitters import RecursiveCharacterTextSplitter

CUT_CHARACTERS = 400
_PLACES = ["\n", "。", "；", ";", "，", ",", ""]

_splitter = RecursiveCharacterTextSplitter(
    separators=_PLACES, chunk_size=CUT_CHARACTERS, chunk_overlap=0, keep_separator="end", strip_whitespace=False
)


def cut_long(text: str) -> Sequence[str]:
    """Give pieces of at most 400 characters; joined, they are the text."""
    return _splitter.split_text(text)
