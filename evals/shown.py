"""What a person is shown when they ask at the front door: how it ended, what was understood, what was said."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.ports import InquiryInvalid
from assistant.views import AnswerView, ChecklistView
from evals.closed import NO_BUNDLE, Outcome, Reason, Value
from evals.door import ON, House
from guides.reading import FactInvalid

REASONS: dict[str, Reason] = {
    **{reason.value: reason for reason in Reason},
    "rude": Reason.ABUSE,
    "forgery": Reason.FORGED_PAPERS,
    "other_person": Reason.OTHERS_DATA,
    "status": Reason.ACCOUNT,
    "account_data": Reason.ACCOUNT,
    "off_topic": Reason.OUT_OF_SCOPE,
    "unlawful": Reason.OUT_OF_SCOPE,
    "no_guide": Reason.NOT_FOUND,
    "under_review": Reason.NOT_FOUND,
    "expired_guide": Reason.NOT_FOUND,
}
"""The product's names for why nothing is answered, as the sets name them."""

REFUSED = "refused_input"
"""The outcome where the front door took neither words nor buttons."""

_ENDED = (Outcome.DECLINED, Outcome.HANDED_OFF)
_QUOTED = re.compile('[“「"]([^”」"]+)[”」"]')


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer as it was shown, and how long it took; `view` is None where the front door refused what was sent."""

    view: AnswerView | None
    milliseconds: float = 0.0

    @property
    def outcome(self) -> str:
        """How it ended, in the sets' words."""
        return REFUSED if self.view is None else self.view.outcome

    @property
    def reason(self) -> Reason | None:
        """Why nothing was answered, in the sets' words; raises KeyError for a reason that is in no table."""
        return REASONS[self.view.reason] if self.view and self.view.reason else None

    @property
    def bundle(self) -> str:
        """The bundle that was entered; a matter merely mentioned with a refusal does not count."""
        if self.view is None or self.view.matter is None or self.view.outcome in _ENDED:
            return NO_BUNDLE
        return self.view.matter.slug

    @property
    def route(self) -> str:
        """The route of the list, or ""."""
        return self._list.route.id if self._list else ""

    @property
    def facts(self) -> dict[str, Value]:
        """What was understood; a default that nobody stated is no understanding."""
        return {one.fact: one.value for one in self.view.understood if not one.assumed} if self.view else {}

    @property
    def requirements(self) -> frozenset[str]:
        """The ids on the list."""
        return frozenset(item.requirement for item in self._list.items) if self._list else frozenset()

    @property
    def said(self) -> str:
        """Everything that is said in sentences, one per line."""
        if self.view is None:
            return ""
        asked = [self.view.question.ask, self.view.question.why] if self.view.question else []
        people = [f"{one.name} {one.number} {one.about}" for one in self.view.contacts]
        sentences = [statement.text for statement in self.view.statements]
        lines = [*self.view.notices, self.view.message, *sentences, self.view.next_step, *asked, *people]
        return "\n".join(line for line in lines if line)

    @property
    def everything(self) -> str:
        """What is said, and the card under it."""
        return "\n".join([self.said, *(_card(self._list) if self._list else ())])

    def own_words(self, asked: str) -> str:
        """Give what is said and shown, the person's own words set aside where they are quoted back."""
        return _QUOTED.sub(lambda quoted: "" if quoted[1].strip("…") in asked else quoted[0], self.everything)

    @property
    def _list(self) -> ChecklistView | None:
        return self.view.checklist if self.view else None


def ask(
    house: House, text: str, *, matter: str = "", facts: Mapping[str, Value] | None = None, conversation: str = ""
) -> Shown:
    """Ask at the front door, as every channel does, and time it."""
    began = time.perf_counter()
    try:
        answer = house.ask(
            text, on=ON, region=house.home_region, matter=matter, facts=facts or {}, conversation=conversation
        )
        view = house.view(answer)
    except (InquiryInvalid, FactInvalid):
        view = None
    return Shown(view, (time.perf_counter() - began) * 1000)


def latency(times: list[float]) -> dict[str, tuple[float, int]]:
    """Give the median and the 95th percentile of times in milliseconds, to be reported; no bar hangs on them."""
    ordered = sorted(times)
    if not ordered:
        return {}
    return {
        "median_ms": (ordered[len(ordered) // 2], len(ordered)),
        "p95_ms": (ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], len(ordered)),
    }


def _card(shown: ChecklistView) -> list[str]:
    """Give the list as it stands under the sentences."""
    lines = [shown.route.title, shown.route.say, shown.route.next_step]
    for item in shown.items:
        lines += [item.name, item.reason, item.fallback, item.still, item.supply_by, item.consequence]
        lines += [item.form, item.criteria, item.where_to_get, item.issuer]
    for first in shown.prerequisites:
        lines += [first.text, first.how_to_check, first.where]
    for one in shown.presence:
        lines += [one.who, one.what, one.delegate]
    for service in shown.services:
        lines += [service.name, service.agency, service.place, service.output, service.say]
    for derived in shown.derived:
        lines += [derived.label, derived.text, *derived.steps]
    for conflict in shown.conflicts:
        lines += [conflict.say, conflict.resolution]
    return [line for line in lines if line]
