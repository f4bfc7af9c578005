"""Nothing of another city is taken over unseen: what an overlay on a guide from elsewhere has to name.

A base in a region that contains ours (the province, the country) holds for us too. A base from elsewhere lends only
its shape: points, phones, fees, limits, codes and addresses have to be written anew or named under `keep`, no citation
may rest on a source of a place that does not contain ours, and no text may still speak of the other place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guides.model import Region, Source
from guides.overlay import Merged, Place, Where, cited_sources, texts

OWN = ("lead_agency", "code", "version", "valid_from", "official_url")
"""Always written anew: they cannot be the same in two places."""
LENT = ("points", "phones", "limits", "fees", "burden", "services.limit")
"""Written anew, or named under `keep` once they have been checked against the place's own source."""
KEEPABLE = frozenset(LENT)

_PHONE = re.compile(r"\d{3,4}-\d{7,8}")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A base from another place: the regions that are its and not ours, and what the overlay takes over knowingly."""

    regions: tuple[Region, ...]
    keep: frozenset[str]
    base: Merged

    @property
    def names(self) -> tuple[str, ...]:
        """Names by which the other place would show in a text."""
        return tuple(name for region in self.regions for name in (region.name, *region.aliases))


Finding = tuple[Place, str, str]


def local_problems(made: Merged, elsewhere: Elsewhere) -> Iterator[Finding]:
    """Find what is taken over from the other place without being named."""
    if not isinstance(made.content, dict):
        return
    for name in sorted(elsewhere.keep - KEEPABLE):
        yield (made.file, 1), f"keep 里的“{name}”不能这样写", f"可以写：{'、'.join(LENT)}"
    for key in OWN:
        if made.content.get(key) and _taken_over(made, (key,)):
            yield (made.file, 1), f"“{key}”沿用了{_where(elsewhere)}的", f"在 change 里写上本地的 {key}；没有就写空"
    for key in LENT:
        if key not in elsewhere.keep and any(True for _ in _lent(made, key)):
            first = next(_lent(made, key))
            shown = "/".join(str(part) for part in first)
            yield (
                (made.file, 1),
                f"“{shown}”沿用了{_where(elsewhere)}的",
                f"在 change 里写上本地的；核对过确实一样的，把 {key} 写进 keep",
            )
    yield from _texts(made, elsewhere)


def _lent(made: Merged, key: str) -> Iterator[Where]:
    """Give the places of this kind that still stand as the base wrote them."""
    content = made.content if isinstance(made.content, dict) else {}
    section, _, inner = key.partition(".")
    entries = content.get(section)
    for i, entry in enumerate(entries if isinstance(entries, list) else []):
        where: Where = (section, i, inner) if inner else (section, i)
        there = not inner or (isinstance(entry, dict) and entry.get(inner) is not None)
        if there and _taken_over(made, where):
            yield where


def _taken_over(made: Merged, where: Where) -> bool:
    return made.place(where)[0] != made.file


def _texts(made: Merged, elsewhere: Elsewhere) -> Iterator[Finding]:
    """Find sentences of the base that still name the other place or one of its telephones."""
    phones = {number for _, text in texts(elsewhere.base.content) for number in _PHONE.findall(text)}
    for where, text in texts(made.content):
        if not _taken_over(made, where) or where[0] in KEEPABLE:
            continue
        for name in (*elsewhere.names, *sorted(phones)):
            if name in text:
                shown = "/".join(str(part) for part in where)
                remedy = (
                    f"在 change 或 words 里改成本地的说法（{made.place(where)[0].name} 第 {made.place(where)[1]} 行）"
                )
                yield (made.file, 1), f"“{shown}”还写着“{name}”", remedy
                break


def foreign_citations(made: Merged, chain: Sequence[str], sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Find each source that is cited and speaks for a place which does not contain ours, with where it stands first."""
    found: dict[str, list[Place]] = {}
    for where, source in cited_sources(made.content):
        known = sources.get(source)
        if known is not None and known.region and known.region not in chain:
            found.setdefault(source, []).append(made.place(where))
    for source, places in found.items():
        file, line = places[0]
        here = next((place for place in places if place[0] == made.file), (made.file, 1))
        shown = f"{len(places)} 处，先在 {file.name} 第 {line} 行"
        cause = f"还引用着别处的依据“{source}”（{sources[source].region}）：{shown}"
        yield here, cause, "在 sources 里换成本地的依据，或者改掉、去掉这几条"


def _where(elsewhere: Elsewhere) -> str:
    return elsewhere.regions[0].name if elsewhere.regions else "底本"
