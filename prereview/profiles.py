"""What each document looks like, as data: read from `documents/*.yaml` and validated whole.

A profile says by which words a document is recognised, which fields stand on it under which labels, whose they are,
and until when it holds. Reading one needs no Python; adding one is described in README.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from guides.condition import Value
from prereview.ports import ProfileInvalid
from prereview.profile_model import Lexicon, Party, Profile
from prereview.wordings import widen

DOCUMENTS = Path(__file__).with_name("documents")


class _Parties(Value):
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Profiles:
    """All kinds of documents, and the parties people appear as."""

    by_kind: Mapping[str, Profile]
    parties: Mapping[str, Party]
    digest: str

    def find(self, kind: str) -> Profile | None:
        """Give the profile of that kind, or of that other name."""
        found = self.by_kind.get(kind)
        return found or next((one for one in self.by_kind.values() if kind in one.also), None)

    def kind(self, name: str) -> str:
        """Give the profile's own name of a kind a guide writes; an unknown one is given back."""
        found = self.find(name)
        return found.kind if found else name

    def title(self, kind: str) -> str:
        """Give what people call that kind of document."""
        found = self.find(kind)
        return found.title if found else "材料"

    def party_of(self, person: str) -> str:
        """Give the party a person of a document stands for ("wife" is "mother"), or the person itself."""
        return next(
            (one.party for one in self.parties.values() if person == one.party or person in one.same_as), person
        )

    def called(self, person: str) -> str:
        """Give the Chinese word for a party or a person of a document; "" when there is none."""
        found = self.parties.get(self.party_of(person))
        return found.name if found else ""


def load_profiles(folder: Path = DOCUMENTS) -> Profiles:
    """Read every profile; raises ProfileInvalid listing all mistakes with file, place and remedy."""
    problems: list[str] = []
    profiles: dict[str, Profile] = {}
    parties: dict[str, Party] = {}
    lexicon = Lexicon()
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text("utf-8")
        digest.update(text.encode())
        try:
            raw = yaml.safe_load(text)
            if path.stem == "_parties":
                parties = {one.party: one for one in _Parties.model_validate(raw).parties}
            elif path.stem == "_labels":
                lexicon = Lexicon.model_validate(raw)
            else:
                profile = Profile.model_validate(raw)
                problems += [f"{path.name}：{problem}" for problem in _mistakes(profile, path.stem)]
                profiles[profile.kind] = profile
        except yaml.YAMLError as error:
            problems.append(f"{path.name}：YAML 写错了：{error}")
        except ValidationError as error:
            problems += [f"{path.name} {'.'.join(map(str, one['loc']))}：{one['msg']}" for one in error.errors()]
    for profile in profiles.values():
        unknown = [kind for kind in profile.mistaken_for if kind not in profiles]
        problems += [f"{profile.kind}.yaml mistaken_for：没有 {kind} 这种材料" for kind in unknown]
    if problems or not profiles:
        raise ProfileInvalid(problems or [f"{folder} 里没有材料样式"])
    widened = {kind: widen(profile, lexicon) for kind, profile in profiles.items()}
    return Profiles(widened, parties, digest.hexdigest())


@cache
def profiles() -> Profiles:
    """Give the project's own profiles, read once."""
    return load_profiles()


def _mistakes(profile: Profile, stem: str) -> list[str]:
    """List what the shape alone cannot tell: names that do not match."""
    wrong = [] if profile.kind == stem else [f"kind 写的是 {profile.kind}，要和文件名一致"]
    names = {field.name for side in profile.sides for field in side.fields}
    names |= {
        f"{person}_{field.name}"
        for side in profile.sides
        if side.persons
        for person in [block.person for block in side.persons.blocks if block.person]
        + list(side.persons.by_sex.values())
        for field in side.persons.fields
    }
    used = [order.field for order in profile.dates]
    if profile.validity:
        used += [profile.validity.until] + ([profile.validity.starts] if profile.validity.starts else [])
    wrong += [f"没有 {field} 这个字段" for field in used if field not in names]
    sides = [side.side for side in profile.sides]
    if len(set(sides)) != len(sides):
        wrong.append("sides 里有重复的名字")
    return wrong
