"""Turn a single item into a draft of a guided one: its list as it stands, its sentences as quotes, to be reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from guides.condition import ALWAYS, Condition, Is, Not
from guides.draft import TO_WRITE, Draft, Mark, Quote
from guides.model import (
    Citation,
    FactKind,
    Guide,
    Handling,
    HeldText,
    Material,
    MaterialRule,
    Note,
    Phone,
    Point,
    Question,
    Route,
    RouteKind,
    Service,
    Source,
    SourceKind,
    Status,
    Verification,
)
from ingestion.items import LABELS, Item, cited_as

_MET = "condition_1"


def propose_item(item: Item, on: date, as_of: date | None) -> Draft:
    """Give the draft of one item as read on a day; `as_of` is the day its list speaks for."""
    source = item_source(item, as_of)

    def cite(locator: str) -> Citation:
        return Citation(source=source.id, locator=locator)

    condition = item.said_of("accept_standard")
    met: Condition = Is(fact=_MET, is_=True) if condition else ALWAYS
    cited = cite("accept_standard" if condition else "TASK_NAME")
    guide = Guide(
        slug=f"draft-{item.code.lower()}",
        title=item.name,
        region=item.region,
        lead_agency=item.said_of("DEPT_NAME"),
        code=item.code,
        version="0",
        valid_from=on,
        official_url=source.url,
        summary=TO_WRITE,
        aliases=(item.name,),
        sources=(source.id,),
        questions=(_question(),) if condition else (),
        routes=tuple(_routes(met, cited)),
        services=(
            Service(
                id="service_1",
                name=item.name,
                agency=item.said_of("DEPT_NAME"),
                place=item.said_of("handle_location") or TO_WRITE,
                citation=cite("TASK_NAME"),
            ),
        ),
        materials=tuple(_materials(item, cite("material_intro"))),
        points=tuple(
            Point(name=item.said_of("DEPT_NAME"), address=place, citation=cite("handle_location"))
            for place in (item.said_of("handle_location"),)
            if place
        ),
        phones=tuple(
            Phone(about=about, number=number, citation=cite(key))
            for key, about in (("consult_phone", "咨询"), ("complain_phone", "投诉"))
            if (number := item.said_of(key))
        ),
    )
    return Draft(guide, source, tuple(_marks(item, guide)), tuple(_notes(item, as_of)), f"单项事项 {item.code}")


def item_source(item: Item, as_of: date | None) -> Source:
    """Give an item as a source that can be cited; its locators are the keys of its list."""
    return Source(
        id=cited_as(item.code),
        title=f"{item.name}（{item.said_of('AREA_CODE_TEXT')}单项指南）",
        issuer=item.said_of("DEPT_NAME"),
        document_no=item.code,
        kind=SourceKind.OFFICIAL_GUIDE,
        published=as_of,
        url=item.said_of("URL"),
        region=item.region,
        verification=Verification.READ,
        note="原文照录，未按个人情况筛选。",
        held=HeldText(kind="item", key=item.code),
    )


def _question() -> Question:
    return Question(fact=_MET, ask=f"{TO_WRITE}符合受理条件吗？", why="不符合的，可能办不了。", kind=FactKind.YES_NO)


def _routes(met: Condition, cited: Citation) -> Iterator[Route]:
    yield Route(
        id="apply",
        kind=RouteKind.BUNDLE,
        title=f"{TO_WRITE}可以办",
        when=met,
        say=TO_WRITE,
        next_step=TO_WRITE,
        citations=(cited,),
    )
    if met != ALWAYS:
        yield Route(
            id="other",
            kind=RouteKind.OTHER_MATTER,
            title=f"{TO_WRITE}不符合时",
            when=Not(not_=met),
            say=TO_WRITE,
            next_step=TO_WRITE,
            citations=(cited,),
        )


def _materials(item: Item, cited: Citation) -> Iterator[Material]:
    """Propose what is listed; a list that names nothing stands as one line to be found out."""
    for n, name in enumerate(item.materials or (f"{TO_WRITE}清单没有写材料",), 1):
        where = f"{cited.locator}/{n}" if item.materials else "TASK_NAME"
        rule = MaterialRule(
            when=ALWAYS,
            status=Status.REQUIRED,
            handling=Handling.COLLECT,
            why=f"{TO_WRITE}清单里的材料。",
            citation=Citation(source=cited.source, locator=where),
        )
        yield Material(id=f"material_{n}", name=name, services=("service_1",), rules=(rule,))


def _marks(item: Item, guide: Guide) -> Iterator[Mark]:
    left = [key for key in LABELS if key not in ("TASK_NAME", "TASK_CODE", "material_intro", "accept_standard")]
    said = tuple(Quote(key, words) for key in left if (words := item.words(key)))
    yield Mark((), "单项事项没有问题、免交和情形：逐项查清再写；时限、次数、快递等见下。", said)
    condition = item.said_of("accept_standard")
    for i, _ in enumerate(guide.questions):
        ask = "把受理条件拆成一个个听得懂的问题；原文常被截短，先读全文。"
        yield Mark(("questions", i), ask, (Quote("accept_standard", condition),))
    for i, _ in enumerate(guide.routes):
        yield Mark(("routes", i), "路线是按“符合受理条件就能办”拟的，请查清。")
    yield Mark(("services", 0), "核对部门、地点和时限。")
    for i, material in enumerate(guide.materials):
        ask = "清单只有名字：份数、原件复印件、什么情形才要、能不能免交，都要查。"
        where = material.rules[0].citation.locator
        quotes = (Quote(where, material.name),) if item.materials else ()
        yield Mark(("materials", i), ask, quotes)
    for i, _ in enumerate(guide.points):
        yield Mark(("points", i), "核对地址，补时间。")
    for i, _ in enumerate(guide.phones):
        yield Mark(("phones", i), "打一次，核对号码。")


def _notes(item: Item, as_of: date | None) -> Iterator[Note]:
    if as_of is None:
        yield Note(about="valid_from", text="这份清单没有写是哪天的，先核对现在还办不办、由谁办。")
    else:
        yield Note(about="valid_from", text=f"清单是 {as_of.isoformat()} 的，先核对现在还办不办、由谁办。")
    if not item.materials:
        yield Note(about="materials", text="清单的材料一栏写“无”，不等于不用带，请查清。")
    if not item.said_of("accept_standard"):
        yield Note(about="routes", text="清单没有写受理条件，请查清。")
