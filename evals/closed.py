"""What citizens really say: one model and one reader per kind of case, for the closed halves and the open ones alike.

Every reader gives the closed half of its suite, or the file that is named. The closed sets are written from the fact
cards alone, by somebody who has not seen the guides' phrases. See CLOSED.md for the rule (a miss is never fixed by
editing a case) and closed_matching.py for how a text is held against them.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.report import CasesUnavailable

HERE = Path(__file__).parent
BUNDLES = frozenset(
    "newborn retirement afterlife school-enrollment social-security-card disability enterprise-change"
    " enterprise-deregister open-restaurant open-transport utilities-hookup credit-repair flexible-employment"
    " oversize-transport foreigner-work unemployment-help childcare-subsidy hire-employee construction-start"
    " realty-transfer enterprise-setup marriage-hukou social-assistance medical-expense housing-fund-withdraw".split()
)
NO_BUNDLE = "none"
"""What `bundle` says where no bundle is the right one."""

Text = Annotated[str, Field(min_length=1)]
Value = bool | int | float | str


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Outcome(StrEnum):
    """How an answer may end."""

    ANSWERED = "answered"
    ASKING = "asking"
    DECLINED = "declined"
    HANDED_OFF = "handed_off"


class Reason(StrEnum):
    """Why nothing is answered; the names of these sets, which a suite maps to the product's own."""

    OUT_OF_SCOPE = "out_of_scope"
    """Not the job of a public-service guide at all."""
    NOT_FOUND = "not_found"
    """A public service that no guide speaks of."""
    OTHERS_DATA = "others_data"
    FORGED_PAPERS = "forged_papers"
    EVASION = "evasion"
    BROKER = "broker"
    LEGAL_ADVICE = "legal_advice"
    MEDICAL_ADVICE = "medical_advice"
    ACCOUNT = "account"
    """Data or status of the asker's own account or case."""
    CRISIS = "crisis"
    ABUSE = "abuse"
    INJECTION = "injection"
    OTHER_REGION = "other_region"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_CHINESE = "not_chinese"
    COMPLAINT = "complaint"
    HUMAN_WANTED = "human_wanted"


class RoutingCase(_Closed):
    """A wording and the bundle it is about; NO_BUNDLE where none is."""

    q: Text
    bundle: Text


class FactsCase(_Closed):
    """A wording and the facts it certainly states; reading one of `may` (implied) is neither right nor wrong."""

    q: Text
    bundle: Text
    facts: dict[str, Value]
    may: dict[str, Value] = {}


class OutcomeCase(_Closed):
    """A wording and how the answer ends; an outcome of `also` is as good."""

    q: str
    outcome: Outcome
    reason: Reason | None = None
    also: tuple[Outcome, ...] = ()
    repeat: Annotated[int, Field(ge=1)] = 1
    """How often `q` is written one after the other, for what is too long to write out."""

    @property
    def asked(self) -> str:
        """The whole text that is asked."""
        return self.q * self.repeat


class AnswerCase(_Closed):
    """A question and the key points its answer must say; a key is a phrase with variants separated by |."""

    q: Text
    bundle: Text
    facts: dict[str, Value] = {}
    keys: Annotated[tuple[Text, ...], Field(min_length=1, max_length=6)]


class Expected(_Closed):
    """What holds after a turn. `says`: each must be said (variants by |); `never`: none may be asserted."""

    bundle: str | None = None
    outcome: Outcome | None = None
    also: tuple[Outcome, ...] = ()
    reason: Reason | None = None
    route: str | None = None
    facts: dict[str, Value] = {}
    """Facts that must be understood by now, whatever else is."""
    says: tuple[Text, ...] = ()
    never: tuple[Text, ...] = ()


class Turn(_Closed):
    """One thing the person does: says something or presses an answer, and what must hold then."""

    say: str | None = None
    press: dict[str, Value] | None = None
    expect: Expected


class Journey(_Closed):
    """A conversation of several turns."""

    name: Text
    turns: Annotated[tuple[Turn, ...], Field(min_length=2)]


class Group(_Closed):
    """Wordings of one and the same question, which must get the same materials, fee and days."""

    bundle: Text
    wordings: Annotated[tuple[Text, ...], Field(min_length=5, max_length=5)]


class Safe(_Closed):
    """What a safe answer never asserts, and how it ends where that matters: one of `expect` (outcome or reason)."""

    never: tuple[Text, ...] = ()
    expect: tuple[Outcome | Reason, ...] = ()


class RedteamCase(_Closed):
    """An attack, its family, and what is safe."""

    q: Text
    family: Text
    safe: Safe


class Lookalike(_Closed):
    """A harmless question that looks like an attack or like another matter: it must not be refused."""

    q: Text
    bundle: str | None = None


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    on: date = date(2026, 11, 22)
    never_anywhere: tuple[Text, ...] = ()


class _Routing(_File):
    cases: tuple[RoutingCase, ...]


class _Facts(_File):
    cases: tuple[FactsCase, ...]


class _Outcomes(_File):
    cases: tuple[OutcomeCase, ...]


class _Answers(_File):
    cases: tuple[AnswerCase, ...]


class _Journeys(_File):
    cases: tuple[Journey, ...]


class _Groups(_File):
    cases: tuple[Group, ...]


class _Redteam(_File):
    cases: tuple[RedteamCase, ...]


class _Lookalikes(_File):
    cases: tuple[Lookalike, ...]


def routing(root: Path = HERE, path: Path | None = None) -> tuple[RoutingCase, ...]:
    """Read the closed routing set. Every reader raises CasesUnavailable, naming file and line."""
    return _read(path or root / "routing/closed/cases.yaml", _Routing).cases


def facts(root: Path = HERE, path: Path | None = None) -> tuple[FactsCase, ...]:
    """Read the closed facts set; all are asked on 2026-11-22."""
    return _read(path or root / "facts/closed/cases.yaml", _Facts).cases


def outcomes(root: Path = HERE, path: Path | None = None) -> tuple[OutcomeCase, ...]:
    """Read the closed outcomes set."""
    return _read(path or root / "outcomes/closed/cases.yaml", _Outcomes).cases


def answers(root: Path = HERE, path: Path | None = None) -> tuple[AnswerCase, ...]:
    """Read the closed answers set."""
    return _read(path or root / "answers/closed/cases.yaml", _Answers).cases


def journeys(root: Path = HERE, path: Path | None = None) -> tuple[Journey, ...]:
    """Read the closed journeys, file by file in the order of their names."""
    files = [path] if path else sorted((root / "journeys/closed").glob("*.yaml"))
    return tuple(journey for file in files for journey in _read(file, _Journeys).cases)


def consistency(root: Path = HERE, path: Path | None = None) -> tuple[Group, ...]:
    """Read the closed groups of wordings."""
    return _read(path or root / "consistency/closed/cases.yaml", _Groups).cases


def redteam(root: Path = HERE, path: Path | None = None) -> tuple[RedteamCase, ...]:
    """Read the closed attacks; what no answer may ever assert is added to each case's own `never`."""
    read = _read(path or root / "redteam/closed/cases.yaml", _Redteam)
    return tuple(
        case.model_copy(update={"safe": case.safe.model_copy(update={"never": case.safe.never + read.never_anywhere})})
        for case in read.cases
    )


def lookalikes(root: Path = HERE, path: Path | None = None) -> tuple[Lookalike, ...]:
    """Read the closed harmless look-alikes."""
    return _read(path or root / "redteam/closed/lookalikes.yaml", _Lookalikes).cases


File = TypeVar("File", bound=_File)


def _read(path: Path, shape: type[File]) -> File:
    try:
        return shape.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as broken:
        raise CasesUnavailable(f"{path}: {broken}") from broken
