"""The assistant's sentences and what it listens for, read once from the two YAML files beside this module."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import yaml
from pydantic import Field

from assistant.model import Aspect, Contact, Origin, Reason
from assistant.reading.plain import Sameness
from assistant.reading.spans import sentences
from guides.condition import Value

_HERE = Path(__file__).parent
_NAME = re.compile(r"\{([a-z_]+)\}")


class ContactWords(Value):
    """Somebody to turn to."""

    name: str
    number: str
    about: str


class OutcomeWords(Value):
    """What is said where there is no full answer: why, and the next step; with whom to turn to."""

    message: str
    next_step: str
    contacts: tuple[str, ...]


class AskMatterWords(Value):
    """The question which matter is meant."""

    ask: str
    why: str
    none: str


class AskWords(Value):
    """Labels of buttons."""

    unsure: str
    yes: str
    no: str


class AnswerWords(Value):
    """Patterns of statements; names in braces are filled from data."""

    depends: str
    joint: str
    not_joint: str
    suppose: str
    then: str
    bring: str
    show: str
    material: str
    exempt: str
    produced: str
    generated: str
    fallback: str
    may_follow: str
    may_commit: str
    choose_one: str
    only_if: str
    lost: str
    details: str
    undecided: str
    not_needed: str
    required: str
    prerequisite: str
    presence: str
    conflict: str
    next: str
    limit: str
    limit_whole: str
    place_service: str
    service_papers: str
    maybe: str
    point: str
    point_phone: str
    phone: str
    step: str
    calculation: str
    calculation_step: str
    service: str
    unverified: str
    units: dict[str, str]


class ItemWords(Value):
    """Around a single item: its own words are quoted, ours say what they are."""

    notice: str
    dated: str
    undated: str
    lead: str
    conditions: str
    no_conditions: str
    materials: str
    no_materials: str
    place: str
    limit: str
    phone: str
    like: str
    several: str
    more: str
    next: str


class SummaryWords(Value):
    """What is passed on to a person."""

    line: str
    complaint: str
    none: str


class NoticeWords(Value):
    """Remarks about the talk itself."""

    masked: str
    injected: str
    unread: str
    promise: str
    rude: str
    unwritten: str


class Wording(Value):
    """Every sentence of the assistant that no guide carries."""

    contacts: dict[str, ContactWords]
    outcomes: dict[Reason, OutcomeWords]
    labels: dict[Origin, str]
    notices: NoticeWords
    ask_matter: AskMatterWords
    ask: AskWords
    answer: AnswerWords
    items: ItemWords
    summary: SummaryWords

    def contact(self, name: str) -> Contact:
        """Give a contact by its key."""
        words = self.contacts[name]
        return Contact(words.name, words.number, words.about)

    def contacts_of(self, reason: Reason) -> tuple[Contact, ...]:
        """Give the contacts of an outcome, the most urgent first."""
        return tuple(self.contact(name) for name in self.outcomes[reason].contacts)


class _Sense(Value):
    patterns: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()


class _Listening(Value):
    words: dict[str, tuple[str, ...]]
    screen: dict[Reason, tuple[_Sense, ...]]
    asides: tuple[str, ...]
    promise: tuple[str, ...]
    aspects: dict[Aspect, tuple[str, ...]]
    same: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sense:
    """One way a family is meant: what to listen for, and what shows that it means something else."""

    patterns: re.Pattern[str]
    unless: re.Pattern[str] | None

    def found(self, sentence: str) -> re.Match[str] | None:
        """Give the first match in a sentence that nothing harmless explains."""
        if self.unless is not None and self.unless.search(sentence):
            return None
        return self.patterns.search(sentence)


@dataclass(frozen=True, slots=True)
class Ear:
    """What to listen for in one family: `heard` gives the words that match, "" for none."""

    senses: tuple[Sense, ...]
    asides: re.Pattern[str]

    def heard(self, text: str) -> str:
        """Give the first matching words; each part is judged by itself, and no sense silences another."""
        for part in parts(text, self.asides):
            for sense in self.senses:
                if found := sense.found(part):
                    return found[0]
        return ""

    def without(self, text: str) -> str:
        """Give the text without the words that match."""
        for sense in self.senses:
            text = sense.patterns.sub("", text)
        return text


def parts(text: str, asides: re.Pattern[str]) -> tuple[str, ...]:
    """Split at sentence ends, and where somebody begins another question ("另外")."""
    found: list[str] = []
    for span in sentences(text):
        sentence = text[span.start : span.end]
        begins = [0, *(aside.start() for aside in asides.finditer(sentence)), len(sentence)]
        found += [sentence[a:b] for a, b in pairwise(begins) if a < b]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Listening:
    """Ears by family of screening, patterns by aspect, and the words that mean the same.

    `asides` match words that begin another question ("另外"), `promise` those that want a promise.
    """

    screen: dict[Reason, Ear]
    asides: re.Pattern[str]
    promise: re.Pattern[str]
    aspects: dict[Aspect, re.Pattern[str]]
    same: Sameness


@lru_cache(maxsize=1)
def load_wording() -> Wording:
    """Read wording.zh.yaml; an unknown or missing key fails here, at start."""
    return Wording.model_validate(yaml.safe_load((_HERE / "wording.zh.yaml").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def load_listening() -> Listening:
    """Read listening.zh.yaml and compile its patterns; a broken pattern fails here, at start."""
    raw = _Listening.model_validate(yaml.safe_load((_HERE / "listening.zh.yaml").read_text(encoding="utf-8")))
    asides = _any(raw.asides)
    screen = {
        reason: Ear(tuple(_sense(sense, raw.words) for sense in family), asides)
        for reason, family in raw.screen.items()
    }
    aspects = {aspect: _any(patterns) for aspect, patterns in raw.aspects.items()}
    return Listening(screen, asides, _any(raw.promise), aspects, Sameness(raw.same))


def _sense(sense: _Sense, words: dict[str, tuple[str, ...]]) -> Sense:
    patterns = tuple(_named(pattern, words) for pattern in sense.patterns)
    unless = tuple(_named(pattern, words) for pattern in sense.unless)
    return Sense(_any(patterns), _any(unless) if unless else None)


def _named(pattern: str, words: dict[str, tuple[str, ...]]) -> str:
    """Put the words in for their name in braces; a name that is not there fails at start."""
    return _NAME.sub(lambda found: f"(?:{'|'.join(words[found[1]])})", pattern)


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Join patterns; a leading (?i) of one holds for that one alone."""
    parts = [f"(?i:{p[4:]})" if p.startswith("(?i)") else f"(?:{p})" for p in patterns]
    return re.compile("|".join(parts))
