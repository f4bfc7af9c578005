"""What an editor has to look at around the materials of a draft, each beside the words it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guides.draft import Mark, Quote
from guides.model import Guide
from ingestion.portal_model import PortalGuide, Said
from ingestion.steps.propose_materials import Proposed
from ingestion.steps.wording import may_be_outdated

STANDARD = "onethingCatalogStandServiceGuide"
_WHOLE = (
    ("basicInfo", "cooperateName"),
    ("basicInfo", "aheadFrequency"),
    ("basicInfo", "reasonLink"),
    ("basicInfo", "isLogistics"),
    (STANDARD, "bllctsm"),
    (STANDARD, "jgsdsm"),
    (STANDARD, "xxbldsm"),
    (STANDARD, "dndtzdz"),
    (STANDARD, "yddtzdz"),
    (STANDARD, "zcblqdWbdz"),
)
"""What has no place of its own in a guide, or only after an editor has thought about it."""


def marks_around(
    portal: PortalGuide, guide: Guide, conditions: Sequence[tuple[int, Said]], made: Proposed
) -> Iterator[Mark]:
    """Give the marks of everything but the materials."""
    yield _whole(portal)
    yield from _questions(conditions, made)
    for i, _ in enumerate(guide.routes):
        yield Mark(("routes", i), "路线是按“条件都符合就联办”拟的；不符合时去哪办，数据里没有，请查清。")
    for i, matter in enumerate(portal.matters):
        ask = "写部门、单独办的地方、什么情形才有这个事项、排在谁后面；代号改成英文词。数据里都没有。"
        yield Mark(("services", i), ask, (Quote(matter.locator, matter.name),))
    yield from _places(portal, guide)
    for i, (asked, answer) in enumerate(portal.questions):
        ask = "用自己的话写问法和回答，先核对现行规定。"
        if may_be_outdated(answer):
            ask += "里面有年龄或缴费年限的说法，可能已经过时。"
        yield Mark(("faq", i), ask, (Quote(asked.locator, asked.text), Quote(asked.locator, answer)))
    for i, _ in enumerate(guide.burden):
        yield Mark(("burden", i), "这是发布方自己的前后数字；和我们算出的对照，不同就在 differs 里说明。")


def _whole(portal: PortalGuide) -> Mark:
    sections = {"basicInfo": portal.basic, STANDARD: portal.standard}
    said = tuple(Quote(f"{part}/{key}", sections[part][key]) for part, key in _WHOLE if key in sections[part])
    ask = "写 summary、aliases、presence（谁到场、谁能代办）、prerequisites、never_ask；部门、到场、送达、入口见下。"
    return Mark((), ask, said)


def _questions(conditions: Sequence[tuple[int, Said]], made: Proposed) -> Iterator[Mark]:
    for i, (n, said) in enumerate(conditions):
        ask = f"第{n}条办理条件：改写成一个人听得懂的问题，或拆成几个。"
        yield Mark(("questions", i), ask, (Quote(said.locator, said.text),))
    for i, question in enumerate(made.questions, len(conditions)):
        ask = "这个情形是从材料的文字里读出的：改写成问题，核对它管哪些材料。"
        yield Mark(("questions", i), ask, tuple(made.question_quotes[question.fact]))


def _places(portal: PortalGuide, guide: Guide) -> Iterator[Mark]:
    for i, _ in enumerate(guide.limits):
        yield Mark(("limits", i), "时限没有写单位，也没有写含不含制证邮寄，请核对。")
    for i, fee in enumerate(guide.fees):
        yield Mark(("fees", i), "收费按字段含义读的，请核对。", (Quote(fee.citation.locator, fee.text),))
    for i, point in enumerate(portal.points):
        yield Mark(("points", i), "核对地址、时间，补电话和能办的事项。", (Quote(point.locator, point.hours),))
    for i, phone in enumerate(guide.phones):
        where = phone.citation.locator
        section = portal.basic if where.startswith("basicInfo/") else portal.standard
        said = Quote(where, section.get(where.rpartition("/")[2], ""))
        yield Mark(("phones", i), "打一次，核对号码和用途。", (said,))
    for i, _ in enumerate(guide.steps):
        yield Mark(("steps", i), "用自己的话写这一步，写明谁做；官方的流程见整份的 quotes。")
