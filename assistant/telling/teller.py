"""What every telling needs: the guide, the list, the words, and the mark on what was not verified."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.model import Origin, Part, Statement
from assistant.wording import Wording
from guides.checklist import Checklist
from guides.condition import ALWAYS, Condition
from guides.model import Citation, Guide, Source
from guides.rules import Verdict, evaluate, supported
from guides.situation import Situation
from guides.words import name_of


@dataclass(frozen=True, slots=True)
class Teller:
    """A guide with the list of one situation; `say` makes its statements."""

    guide: Guide
    situation: Situation
    checklist: Checklist
    sources: Mapping[str, Source]
    wording: Wording
    on: date
    text: str

    def say(
        self,
        text: str,
        citations: Iterable[Citation],
        part: Part,
        requirement: str = "",
        origin: Origin = Origin.RULE,
    ) -> Statement:
        """Make one statement; what rests on a recalled or inferred source says so in its own words."""
        cited = tuple(dict.fromkeys(citations))
        verified = supported(cited, self.sources)
        text = tidy(text if verified else mark(text, self.wording.answer.unverified))
        return Statement(text, cited, origin, part, requirement, verified)

    def verdict(self, condition: Condition) -> Verdict:
        """Tell whether a condition holds in this situation."""
        if condition == ALWAYS:
            return Verdict.YES
        return evaluate(self.guide, condition, self.situation, on=self.on)

    def certain(self, condition: Condition) -> bool:
        """Tell whether a part of the list that is not ruled out surely belongs to it."""
        return self.checklist.decided or self.verdict(condition) is Verdict.YES

    def firm(self, citations: Iterable[Citation]) -> tuple[Citation, ...]:
        """Give the citations that were read, all of them where none was: what is still open rests on what is known."""
        cited = tuple(dict.fromkeys(citations))
        return tuple(citation for citation in cited if supported((citation,), self.sources)) or cited

    def names_of(self, facts: Iterable[str]) -> str:
        """Give the short names of some facts, joined."""
        names = {question.fact: name_of(question) for question in self.guide.questions}
        names |= {derived.fact: name_of(derived) for derived in self.guide.derived}
        return "、".join(dict.fromkeys(names[fact] for fact in facts if fact in names))


def mark(text: str, unverified: str) -> str:
    """Put the mark before the final stop."""
    return f"{text.rstrip('。')}{unverified}。"


_DOUBLED = re.compile(r"[，；：、]+(?=[。；])|。(?=[，；。])")


def tidy(text: str) -> str:
    """Mend the punctuation where sentences were joined, and end with a stop."""
    text = _DOUBLED.sub("", text.strip())
    return text if text.endswith(("。", "？", "）", "”")) else f"{text}。"


def sentence(text: str) -> str:
    """Give the text with a final stop, "" for nothing."""
    return "" if not text.strip() else tidy(text)
