"""The deterministic fields of a guide: days, fees, places, phones, steps; nothing here is worded by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.model import Aspect, Part, Statement
from assistant.telling.materials import next_step
from assistant.telling.teller import Teller
from assistant.wording import load_listening
from guides.model import RouteKind, Service, TimeLimit
from guides.rules import Verdict

_EVERY_SERVICE = frozenset(
    {"办理", "申领", "登记", "新办", "申请", "一件", "件事", "服务", "人员", "退休", "基本", "认定", "核定"}
)
_LAST_DAY = re.compile(
    r"最晚|最迟|期限|截止|过期|超期|逾期|来得及|晚了|[日天月年]之?内|超过|拖|(?:满月|百天|周岁)(?:之|以)?前"
)


def times(teller: Teller) -> Iterator[Statement]:
    """Tell the deadlines where a last day is asked for, else the promised days of the whole and of each service."""
    if _LAST_DAY.search(teller.text):
        for deadline in teller.guide.deadlines:
            if teller.verdict(deadline.when) is not Verdict.NO:
                yield teller.say(deadline.text + deadline.consequence, (deadline.citation,), Part.DETAIL)
        return
    whole = teller.guide.limits if teller.checklist.route.kind in (None, RouteKind.BUNDLE) else ()
    for limit in whole:
        yield _limit(teller, teller.wording.answer.limit_whole, limit)
    for service in _services(teller):
        if service.limit is not None and (not whole or _speaks_of(teller.text, service)):
            yield _limit(teller, service.name, service.limit)


def _speaks_of(text: str, service: Service) -> bool:
    """Tell whether the question names a service, by its name or by what it gives."""
    same = load_listening().same
    asked, name = same.canonical(text), same.canonical(service.name)
    words = (same.canonical(service.output), *re.split(r"[（）()《》、]", name))
    if any(len(word) >= 3 and word in asked for word in words):
        return True
    pairs = {name[i : i + 2] for i in range(len(name) - 1)} - _EVERY_SERVICE
    return sum(pair in asked for pair in pairs) >= 2


def _limit(teller: Teller, name: str, limit: TimeLimit) -> Statement:
    words = teller.wording.answer
    text = words.limit.format(name=name, days=f"{limit.days:g}", unit=words.units[limit.unit], note=limit.note)
    return teller.say(text, (limit.citation,), Part.DETAIL)


def _services(teller: Teller) -> tuple[Service, ...]:
    return teller.checklist.services if teller.checklist.route.id else teller.guide.services


def fees(teller: Teller) -> Iterator[Statement]:
    """Tell what it costs."""
    for fee in teller.guide.fees:
        if teller.verdict(fee.when) is not Verdict.NO:
            yield teller.say(fee.text, (fee.citation,), Part.DETAIL)


def places(teller: Teller) -> Iterator[Statement]:
    """Tell where to go: the places of the joint route, and each service's own where they are handled one by one."""
    words = teller.wording.answer
    if teller.checklist.route.kind in (None, RouteKind.BUNDLE):
        for point in teller.guide.points:
            phone = words.point_phone.format(number=point.phone) if point.phone else ""
            hours = f"：{point.hours}" if point.hours else ""
            text = words.point.format(name=point.name, address=point.address, hours=hours, phone=phone)
            yield teller.say(text, (point.citation,), Part.DETAIL)
    if teller.checklist.route.kind not in (None, RouteKind.BUNDLE) or not teller.guide.points:
        for service in _services(teller):
            text = words.place_service.format(name=service.name, place=service.place)
            yield teller.say(text, (service.citation,), Part.DETAIL)


def phones(teller: Teller) -> Iterator[Statement]:
    """Tell whom to call."""
    for phone in teller.guide.phones:
        text = teller.wording.answer.phone.format(about=phone.about, number=phone.number)
        yield teller.say(text, (phone.citation,), Part.DETAIL)


def steps(teller: Teller) -> Iterator[Statement]:
    """Tell the steps of the joint route in order; on another route its own next step."""
    if teller.checklist.route.kind not in (None, RouteKind.BUNDLE):
        yield from next_step(teller)
        return
    for number, step in enumerate(teller.guide.steps, 1):
        text = teller.wording.answer.step.format(n=number, text=step.text)
        yield teller.say(text, (step.citation,), Part.DETAIL)


def presence(teller: Teller) -> Iterator[Statement]:
    """Tell who surely has to come, and who may stand in."""
    for person in teller.checklist.presence:
        if not teller.certain(person.when):
            continue
        text = teller.wording.answer.presence.format(who=person.who, what=person.what, delegate=person.delegate)
        yield teller.say(text, (person.citation,), Part.PRESENCE)


FIELDS = {
    Aspect.TIME: times,
    Aspect.FEE: fees,
    Aspect.PLACE: places,
    Aspect.PHONE: phones,
    Aspect.PROCESS: steps,
    Aspect.PRESENCE: presence,
}
"""What answers each aspect that is a field of the guide."""
