"""Overlays: a guide written as what differs from another one, by id, so that no city's guide is a copy.

`overlay.yaml` names its base (`base: newborn@430100`; without it the nearest guide of the regions that contain this
one), what changes (`change`), whose texts stand in for the base's (`sources`, `words`, `values`) and what of another
city it takes over knowingly (`keep`). Under `change` a plain value replaces, a mapping goes one step deeper by the
entry's own key (id, fact, value, name, about, or its number), `add` appends and `drop` removes:

    change:
      lead_agency: 宜章县卫生健康局
      materials: {photo: {rules: {2: {handling: collect}, drop: [3]}}, add: [...]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from guides.yaml_source import Plain, YamlFile

Where = tuple[str | int, ...]
Place = tuple[Path, int]

KEYS = ("id", "fact", "value", "name", "about")
"""What an entry of a list goes by, the first it has; entries with none go by their number, from 1."""
WHOLE = frozenset({"when", "citation", "says"})
"""Always replaced as a whole: half a condition or half a citation means nothing."""
HEAD = frozenset({"base", "why", "sources", "words", "values", "keep", "change"})
ANSWERS = frozenset({"is", "one_of", "value", "values", "default"})
"""Where an answer of a question is named."""
SPOKEN = frozenset({"says", "aliases", "asks", "not_this", "source", "locator", "id", "value", "fact", "when"})
"""What people say, and what names a place: never reworded."""


class OverlayInvalid(Exception):
    """One thing wrong in an overlay: where, what, and how to mend it."""

    def __init__(self, place: Place, cause: str, remedy: str) -> None:
        super().__init__(cause)
        self.place, self.cause, self.remedy = place, cause, remedy


@dataclass(frozen=True, slots=True)
class Merged:
    """A guide put together from several files: its content, and the file and line of every part."""

    file: Path
    content: Plain
    places: Mapping[Where, Place]

    def place(self, path: Where) -> Place:
        """Give the file and line of the deepest part of `path` that was written somewhere; others are skipped."""
        found: Where = ()
        for part in path:
            if (*found, part) in self.places:
                found = (*found, part)
        return self.places.get(found, (self.file, 1))


@dataclass(slots=True)
class _Merger:
    """Copies the base and lays the change over it, noting where each part was written."""

    file: YamlFile
    base: Merged
    places: dict[Where, Place] = field(default_factory=dict)

    def lay(self, old: Plain, new: Plain, at: Where, was: Where, edit: Where) -> Plain:
        """Give `old` with the change `new` laid over it."""
        if isinstance(new, dict) and at and at[-1] not in WHOLE:
            if isinstance(old, list):
                return self._entries(old, new, at, was, edit)
            if isinstance(old, dict):
                return self._fields(old, new, at, was, edit)
        if not at and isinstance(old, dict) and isinstance(new, dict):
            return self._fields(old, new, at, was, edit)
        return self.written(new, at, edit)

    def _fields(self, old: dict[str, Plain], new: dict[str, Plain], at: Where, was: Where, edit: Where) -> Plain:
        self.places[at] = self._line(edit)
        made: dict[str, Plain] = {}
        for key in dict.fromkeys((*old, *new)):
            if key not in new:
                made[key] = self.copied(old[key], (*at, key), (*was, key))
            elif new[key] is not None:
                made[key] = self.lay(old.get(key), new[key], (*at, key), (*was, key), (*edit, key))
        return made

    def _entries(self, old: list[Plain], new: dict[str, Plain], at: Where, was: Where, edit: Where) -> Plain:
        self.places[at] = self._line(edit)
        names = [key_of(entry, i) for i, entry in enumerate(old)]
        dropped = self._named(new.get("drop"), (*edit, "drop"))
        for name in (*dropped, *(key for key in new if key not in ("add", "drop"))):
            if name not in names:
                known = "、".join(names) or "什么也没有"
                raise OverlayInvalid(
                    self._line((*edit, name)), f"{'/'.join(map(str, at))} 里没有“{name}”", f"里面有：{known}"
                )
        made: list[Plain] = []
        for i, entry in enumerate(old):
            if names[i] in dropped:
                continue
            here = (*at, len(made))
            if names[i] in new:
                made.append(self.lay(entry, new[names[i]], here, (*was, i), (*edit, names[i])))
            else:
                made.append(self.copied(entry, here, (*was, i)))
        for i, entry in enumerate(self._list(new.get("add"), (*edit, "add"))):
            made.append(self.written(entry, (*at, len(made)), (*edit, "add", i)))
        return made

    def copied(self, value: Plain, at: Where, was: Where) -> Plain:
        """Take a part of the base as it is."""
        self.places[at] = self.base.place(was)
        if isinstance(value, dict):
            return {key: self.copied(part, (*at, key), (*was, key)) for key, part in value.items()}
        if isinstance(value, list):
            return [self.copied(part, (*at, i), (*was, i)) for i, part in enumerate(value)]
        return value

    def written(self, value: Plain, at: Where, edit: Where) -> Plain:
        """Take a part as the overlay writes it."""
        self.places[at] = self._line(edit)
        if isinstance(value, dict):
            return {key: self.written(part, (*at, key), (*edit, key)) for key, part in value.items()}
        if isinstance(value, list):
            return [self.written(part, (*at, i), (*edit, i)) for i, part in enumerate(value)]
        return value

    def _named(self, value: Plain, edit: Where) -> tuple[str, ...]:
        return tuple(str(name) for name in self._list(value, edit))

    def _list(self, value: Plain, edit: Where) -> list[Plain]:
        if value is not None and not isinstance(value, list):
            raise OverlayInvalid(self._line(edit), f"“{edit[-1]}”下面要写列表", "改成 [ … ]")
        return value or []

    def _line(self, edit: Where) -> Place:
        return self.file.file, self.file.line_of(edit)


def key_of(entry: Plain, number: int) -> str:
    """Give what an entry of a list goes by."""
    if isinstance(entry, dict):
        for key in KEYS:
            if isinstance(name := entry.get(key), str):
                return name
    return str(number + 1)


def merged(file: YamlFile, base: Merged, slug: str, region: str) -> Merged:
    """Lay an overlay over its base; raises OverlayInvalid."""
    head = head_of(file)
    change = head.get("change")
    if not isinstance(change, dict):
        raise OverlayInvalid(
            (file.file, 1), "缺少 change：这里和底本有什么不同", "写上 change；什么都不变就不需要这份文件"
        )
    for key in ("slug", "region"):
        if key in change:
            raise OverlayInvalid(file.place(("change", key)), f"{key} 由文件夹决定", f"去掉 {key}")
    merger = _Merger(file, base)
    content = merger.lay(base.content, change, (), (), ("change",))
    if isinstance(content, dict):
        content |= {"slug": slug, "region": region}
    content = _resourced(file, content, _mapping(head.get("sources")))
    values = {old: str(new) for old, new in _mapping(head.get("values")).items()}
    content = _revalued(content, values) if values else content
    words = {old: str(new) for old, new in _mapping(head.get("words")).items()}
    return Merged(file.file, _reworded(content, words) if words else content, merger.places)


def head_of(file: YamlFile) -> dict[str, Plain]:
    """Give the keys of an overlay; raises OverlayInvalid for an unknown one."""
    if not isinstance(file.content, dict):
        raise OverlayInvalid((file.file, 1), "这不是一份 overlay", "写 base、why、sources、keep、change")
    for key in file.content:
        if key not in HEAD:
            raise OverlayInvalid(
                (file.file, file.line_of((key,))), f"不认识的键“{key}”", f"可以写：{'、'.join(sorted(HEAD))}"
            )
    if not isinstance(file.content.get("why"), str):
        raise OverlayInvalid((file.file, 1), "缺少 why：这份改动依据什么", "用一句话写上")
    return file.content


def _mapping(value: Plain) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}


def _resourced(file: YamlFile, content: Plain, sources: Mapping[str, Plain]) -> Plain:
    """Let every citation of a replaced source cite the new one: the same clause, or the one given."""
    used: set[str] = set()

    def walk(value: Plain) -> Plain:
        if isinstance(value, list):
            return [walk(part) for part in value]
        if not isinstance(value, dict):
            return value
        if set(value) >= {"source", "locator"} and value["source"] in sources:
            used.add(str(value["source"]))
            new = sources[str(value["source"])]
            return {**value, **new} if isinstance(new, dict) else {**value, "source": new}
        return {key: walk(part) for key, part in value.items()}

    made = walk(content)
    for old in sources.keys() - used:
        raise OverlayInvalid(file.place(("sources", old)), f"底本没有引用“{old}”，换不了", "去掉这一行，或检查拼写")
    if isinstance(made, dict):
        made["sources"] = _cited_in_order(made, sources)
    return made


def _cited_in_order(content: dict[str, Plain], replaced: Mapping[str, Plain]) -> list[Plain]:
    """Give the sources that are cited, those of the base in its order first: an overlay need not list them."""
    listed = content.get("sources")
    names = [
        _name(replaced[str(one)]) if one in replaced else one for one in (listed if isinstance(listed, list) else [])
    ]
    cited = dict.fromkeys(source for _, source in cited_sources(content))
    return [name for name in dict.fromkeys((*map(str, names), *cited)) if name in cited]


def _name(replacement: Plain) -> Plain:
    return replacement.get("source") if isinstance(replacement, dict) else replacement


def cited_sources(value: Plain, at: Where = ()) -> Iterator[tuple[Where, str]]:
    """Give every citation's source with its place, as written."""
    if isinstance(value, dict):
        if isinstance(source := value.get("source"), str) and "locator" in value:
            yield at, source
        for key, part in value.items():
            yield from cited_sources(part, (*at, key))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from cited_sources(part, (*at, i))


def with_answers(content: Plain, values: Mapping[str, str]) -> Plain:
    """Give the content of a guide with answers under other names."""
    return _revalued(content, values)


def _revalued(value: Plain, values: Mapping[str, str]) -> Plain:
    """Let an answer go by another name everywhere: 本省 is another province in another place."""
    if isinstance(value, dict):
        return {
            key: _new_value(part, values) if key in ANSWERS else _revalued(part, values) for key, part in value.items()
        }
    if isinstance(value, list):
        return [_revalued(part, values) for part in value]
    return value


def _new_value(value: Plain, values: Mapping[str, str]) -> Plain:
    if isinstance(value, list):
        return [_new_value(part, values) for part in value]
    if isinstance(value, dict):
        return {key: _new_value(part, values) for key, part in value.items()}
    return values.get(value, value) if isinstance(value, str) else value


def _reworded(value: Plain, words: Mapping[str, str]) -> Plain:
    if isinstance(value, dict):
        return {key: part if key in SPOKEN else _reworded(part, words) for key, part in value.items()}
    if isinstance(value, list):
        return [_reworded(part, words) for part in value]
    if isinstance(value, str):
        for old, new in words.items():
            value = value.replace(old, new)
    return value


def texts(value: Plain, at: Where = ()) -> Iterator[tuple[Where, str]]:
    """Give every text that people read, with its place; what they say themselves is left out."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in SPOKEN:
                yield from texts(part, (*at, key))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from texts(part, (*at, i))
    elif isinstance(value, str):
        yield at, value
