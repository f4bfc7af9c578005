"""Turn a portal's guide into a draft of ours: everything placed, nothing decided, the official words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from guides.condition import ALWAYS, All, Condition, Is, Not
from guides.draft import TO_WRITE, Draft
from guides.model import (
    BurdenClaim,
    BurdenKind,
    Citation,
    FactKind,
    Faq,
    Fee,
    Guide,
    HeldText,
    Phone,
    Point,
    Question,
    Route,
    RouteKind,
    Service,
    Source,
    SourceKind,
    Step,
    TimeLimit,
    Verification,
)
from ingestion.portal_model import PortalGuide, Said
from ingestion.steps.propose_marks import STANDARD, marks_around
from ingestion.steps.propose_materials import propose_materials
from ingestion.steps.suspect import suspicions
from ingestion.steps.wording import says_nothing

_PAGE = "https://zwfw-new.hunan.gov.cn/hnywtb/onething/html/eventGuideline.html?onethingCode={theme}&onethingChecklistId={list}"
_UNIT = "原文没有写单位，按惯例作工作日"
_NUMBER = re.compile(r"\d{3,4}-\d{5,8}(?:转\d+)?|\b1\d{4}\b|\b1\d{10}\b")
_CLAIMS = (
    (BurdenKind.MATERIALS, "gqsbcl", "xzsbcl"),
    (BurdenKind.VISITS, "gqpdcs", "xzpdcs"),
    (BurdenKind.STEPS, "hjsgq", "hjsxz"),
    (BurdenKind.DAYS, "gqblsx", "xzblsx"),
)


def propose(portal: PortalGuide, on: date) -> Draft:
    """Give the draft of a portal's guide as read on a day.

    Names, numbers, places and times are carried over; whatever is a sentence stands in the quotes alone.
    """
    source = _source(portal, on)
    conditions = [(n, said) for n, said in enumerate(portal.conditions, 1) if not says_nothing(said.text)]
    services = tuple(_services(portal, source.id))
    made = propose_materials(portal.materials, source.id, tuple(service.id for service in services))
    asked = [_condition_question(n) for n, _ in conditions]
    questions = (*asked, *made.questions)
    guide = Guide(
        slug=f"draft-{_theme(portal).lower() or 'guide'}",
        title=portal.title,
        region=portal.region,
        lead_agency=portal.basic.get("qtbmmc", TO_WRITE),
        code=portal.code,
        version="0",
        valid_from=portal.updated or on,
        official_url=source.url,
        summary=TO_WRITE,
        aliases=(re.sub(r"[\s“”\"]", "", portal.title),),
        sources=(source.id,),
        questions=questions,
        routes=tuple(_routes(conditions, source.id)),
        services=services,
        materials=tuple(made.materials),
        limits=tuple(_limits(portal, source.id)),
        fees=tuple(_fees(portal, source.id)),
        points=tuple(_points(portal, source.id)),
        phones=tuple(_phones(portal, source.id)),
        steps=tuple(_steps(portal, source.id)),
        faq=tuple(
            Faq(
                id=f"faq_{n}",
                asks=(f"{TO_WRITE}官方常见问题第{n}问",),
                answer=(TO_WRITE,),
                citations=(_cite(source.id, asked_at.locator),),
            )
            for n, (asked_at, _) in enumerate(portal.questions, 1)
        ),
        burden=tuple(_burden(portal, source.id)),
    )
    marks = (*marks_around(portal, guide, conditions, made), *made.marks)
    return Draft(guide, source, marks, tuple(suspicions(portal)), f"政务服务网接口数据 {portal.code}")


def _theme(portal: PortalGuide) -> str:
    """Give the code of the theme: the list's code without what follows it (matter type, year, J, area)."""
    matched = re.match(r"^(\d{2}[A-Z0-9]+?)[0-9A-Z]\d{2}J\d{4}$", portal.code)
    return matched.group(1) if matched else portal.code


def _source(portal: PortalGuide, on: date) -> Source:
    url = _PAGE.format(theme=_theme(portal), list=portal.list_id) if portal.list_id and portal.code else ""
    area = f"（{portal.area}）" if portal.area else ""
    return Source(
        id=f"portal_{re.sub('[^a-z0-9]', '_', portal.code.lower()) or 'guide'}",
        title=f"{portal.title}办事指南{area}",
        issuer=portal.basic.get("qtbmmc", "政务服务网"),
        document_no=portal.code,
        kind=SourceKind.OFFICIAL_GUIDE,
        url=url,
        region=portal.region if portal.region.isdigit() else "",
        verification=Verification.READ,
        retrieved=on,
        held=HeldText(kind="portal_json", key=portal.code or portal.title),
    )


def _cite(source: str, locator: str) -> Citation:
    return Citation(source=source, locator=locator)


def _condition_question(number: int) -> Question:
    ask = f"{TO_WRITE}符合第{number}条办理条件吗？"
    return Question(fact=f"condition_{number}", ask=ask, why="不符合的，可能要分开办。", kind=FactKind.YES_NO)


def _routes(conditions: list[tuple[int, Said]], source: str) -> Iterator[Route]:
    met: Condition = ALWAYS
    if conditions:
        met = All(all=tuple(Is(fact=f"condition_{n}", is_=True) for n, _ in conditions))
    cited = tuple(_cite(source, said.locator) for _, said in conditions) or (_cite(source, "basicInfo/areaName"),)
    yield Route(
        id="joint",
        kind=RouteKind.BUNDLE,
        title=f"{TO_WRITE}联办",
        when=met,
        say=TO_WRITE,
        next_step=TO_WRITE,
        citations=cited,
    )
    if conditions:
        yield Route(
            id="apart",
            kind=RouteKind.SINGLE_SERVICES,
            title=f"{TO_WRITE}分开办",
            when=Not(not_=met),
            say=TO_WRITE,
            next_step=TO_WRITE,
            citations=cited,
        )


def _services(portal: PortalGuide, source: str) -> Iterator[Service]:
    for n, matter in enumerate(portal.matters, 1):
        cited = _cite(source, matter.locator)
        yield Service(
            id=f"service_{n}",
            name=matter.name,
            agency=TO_WRITE,
            place=TO_WRITE,
            limit=None if matter.days is None else TimeLimit(days=matter.days, note=_UNIT, citation=cited),
            output=matter.result,
            citation=cited,
        )


def _limits(portal: PortalGuide, source: str) -> Iterator[TimeLimit]:
    days = portal.basic.get("completedLimit", "")
    if days.isdigit():
        yield TimeLimit(days=float(days), note=_UNIT, citation=_cite(source, "basicInfo/completedLimit"))


def _fees(portal: PortalGuide, source: str) -> Iterator[Fee]:
    for n, fee in enumerate(portal.fees, 1):
        yield Fee(id=f"fee_{n}", text=fee.text, citation=_cite(source, fee.locator))
    if portal.basic.get("isCharge") == "0" and not portal.fees:
        yield Fee(id="free", text="不收费。", amount_yuan=0, citation=_cite(source, "basicInfo/isCharge"))


def _points(portal: PortalGuide, source: str) -> Iterator[Point]:
    for point in portal.points:
        hours = re.sub(r"\s+", " ", point.hours)
        yield Point(name=point.name, address=point.address, hours=hours, citation=_cite(source, point.locator))


def _phones(portal: PortalGuide, source: str) -> Iterator[Phone]:
    for section, said, whose in (("basicInfo", portal.basic, ""), (STANDARD, portal.standard, "全省")):
        for key, about in (("zxdh", "咨询"), ("jdtsdh", "监督投诉")):
            for part in re.split("[；;\n]", said.get(key, "")):
                place = re.split("[：:]", part)[0].strip() if re.search("[：:]", part) else ""
                for number in _NUMBER.findall(part):
                    cited = _cite(source, f"{section}/{key}")
                    yield Phone(about=whose + (place or about), number=number, citation=cited)


def _steps(portal: PortalGuide, source: str) -> Iterator[Step]:
    words = portal.standard.get("bllctsm", "")
    parts = re.split(r"\s*(?:->|→|—|-)\s*", words)
    for n, _ in enumerate(parts if len(parts) > 2 else (), 1):
        yield Step(text=f"{TO_WRITE}第{n}步", citation=_cite(source, f"{STANDARD}/bllctsm"))


def _burden(portal: PortalGuide, source: str) -> Iterator[BurdenClaim]:
    for kind, before, now in _CLAIMS:
        was, is_ = portal.standard.get(before), portal.standard.get(now)
        if was is not None and is_ is not None:
            by = f"{portal.title}全省统一指南"
            yield BurdenClaim(
                kind=kind, before=float(was), now=float(is_), by=by, citation=_cite(source, f"{STANDARD}/{now}")
            )
