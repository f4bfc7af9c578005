"""A draft of a guide: a proposal with everything an editor has to look at, written so that it can never be served."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from guides.condition import Value
from guides.model import Guide, Note, Source
from guides.yaml_source import Plain

DRAFT_KEYS = ("draft", "review", "quotes")
"""Keys no guide may have: as long as one stands in a file, the library refuses it."""
TO_WRITE = "【待写】"
"""Stands where an editor writes; no guide may hold it."""

_HEAD = """\
# 草稿：从{origin}整理，只给编辑看。带 review 的每一处都要看过；quotes 是官方原文，只作对照，不能照抄进指南。
# 用自己的话改好，删掉所有 draft、review、quotes，再放进 library/<地区>/<代号>/，跑 bancheng guides check。
"""

_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """The source's own words at a place, for the editor's eyes."""

    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to review at a place of the draft: what has to be decided, beside the words it was read from."""

    path: _Path
    ask: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A guide as proposed, its source, the marks, and what the editor should know; `origin` says what it was read from.

    Without its marks the guide is well-formed and decides every situation; whether it is right is the editor's to say.
    """

    guide: Guide
    source: Source
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...]
    origin: str


def guide_file(draft: Draft) -> str:
    """Write the draft as `guide.yaml`, every proposal with `review` and `quotes` beside it."""
    plain = _plain(draft.guide)
    for mark in draft.marks:
        _set_mark(plain, mark)
    head: dict[str, Plain] = {"draft": {"from": draft.origin, "review": "整份都要审；审完删掉这一块"}}
    return _HEAD.format(origin=draft.origin) + _yaml({**head, **plain})


def sources_file(draft: Draft) -> str:
    """Write the source the draft cites, ready for `sources/`."""
    return _yaml({"sources": [_plain(draft.source)]})


def notes_file(draft: Draft) -> str:
    """Write what the editor should know as `notes.yaml`."""
    return _yaml({"notes": [_plain(note) for note in draft.notes]})


def left_over(plain: Plain, path: _Path = ()) -> Iterator[tuple[_Path, str, str]]:
    """Find what keeps a file a draft: a mark, a quote of the source, a sentence still to be written.

    Gives (where, cause, remedy), as the library reports what it refuses.
    """
    if isinstance(plain, dict):
        for key in sorted(plain.keys() & set(DRAFT_KEYS)):
            remedy = f"这里还是草稿：看过、用自己的话改好之后删掉“{key}”"
            yield (*path, key), f"草稿的“{key}”还在，草稿不能发布", remedy
        for key, value in plain.items():
            if key not in DRAFT_KEYS:
                yield from left_over(value, (*path, key))
    elif isinstance(plain, list):
        for i, value in enumerate(plain):
            yield from left_over(value, (*path, i))
    elif isinstance(plain, str) and TO_WRITE in plain:
        yield path, f"还有“{TO_WRITE}”没有写", "用自己的话写好这一处"


def without_marks(plain: Plain) -> Plain:
    """Give the content of a draft file without its marks: what would be left after every mark was taken out."""
    if isinstance(plain, dict):
        return {key: without_marks(value) for key, value in plain.items() if key not in DRAFT_KEYS}
    if isinstance(plain, list):
        return [without_marks(value) for value in plain]
    return plain


def _plain(value: Value) -> dict[str, Plain]:
    plain: dict[str, Plain] = value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return plain


def _set_mark(plain: Plain, mark: Mark) -> None:
    here = plain
    for part in mark.path:
        if isinstance(here, list) and isinstance(part, int):
            here = here[part]
        else:
            here = here.get(str(part)) if isinstance(here, dict) else None
    if not isinstance(here, dict):
        raise TypeError(f"only a mapping can be marked: {mark.path}")
    asks, quotes = here.setdefault("review", []), here.get("quotes", [])
    if isinstance(asks, list) and isinstance(quotes, list):
        asks.append(mark.ask)
        held: list[Plain] = [{"at": quote.at, "text": quote.text} for quote in mark.quotes]
        new = [quote for i, quote in enumerate(held) if quote not in (*quotes, *held[:i])]
        if quotes or new:
            here["quotes"] = [*quotes, *new]


class _Dumper(yaml.SafeDumper):
    """Long sentences fold, shared values are written out, lists stand under their key."""

    def ignore_aliases(self, _data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        _ = indentless
        super().increase_indent(flow, False)


def _yaml(plain: dict[str, Plain]) -> str:
    return yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
