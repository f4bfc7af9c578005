"""What in a portal's guide does not fit together, or is easily read wrongly: said to the editor, never smoothed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from guides.model import Note
from ingestion.portal_model import PortalGuide


def suspicions(portal: PortalGuide) -> Iterator[Note]:
    """Give what an editor should know before writing, each with the place it is about."""
    yield from _limits(portal)
    yield from _figures(portal)
    yield from _visits(portal)
    yield from _repeated(portal)
    yield from _empty(portal)
    for file in portal.files:
        yield Note(about="attachInfo", text=f"指南附有文件“{file.name}”，接口里只有名字，打开看过再用。")


def _limits(portal: PortalGuide) -> Iterator[Note]:
    whole = portal.basic.get("completedLimit", "")
    longer = [matter for matter in portal.matters if matter.days and whole.isdigit() and matter.days > float(whole)]
    if longer:
        names = "、".join(f"{matter.name}（{matter.days:g}）" for matter in longer)
        text = f"整件事承诺 {whole}，有的事项自己写的更长：{names}。分别引用，不相加，不取大。"
        yield Note(about="limits", text=text)
    standard = portal.standard.get("cnbjsx", whole)
    now = portal.standard.get("xzblsx", whole)
    if {standard, now} - {whole}:
        yield Note(about="limits", text=f"承诺时限写了几个数：本地 {whole}，全省 {standard}，改革后 {now}。")


def _figures(portal: PortalGuide) -> Iterator[Note]:
    claimed = portal.standard.get("xzsbcl", "")
    if claimed.isdigit() and int(claimed) != len(portal.materials):
        text = f"全省统一指南说现在交 {claimed} 样，本地清单列了 {len(portal.materials)} 样：不是同一个数，别混用。"
        yield Note(about="burden/materials", text=text)


def _visits(portal: PortalGuide) -> Iterator[Note]:
    local, now = portal.basic.get("aheadFrequency", ""), portal.standard.get("xzpdcs", "")
    if local and now and local != now:
        yield Note(about="burden/visits", text=f"到现场的次数，本地写 {local}，全省写改革后 {now}：两处不一致。")
    says_post = any("邮寄" in answer for _, answer in portal.questions)
    if says_post and portal.basic.get("isLogistics") == "0":
        text = "物流字段是 0，常见问题却说可以邮寄：不能据字段说“不能邮寄”。"
        yield Note(about="basicInfo/isLogistics", text=text)


def _repeated(portal: PortalGuide) -> Iterator[Note]:
    asked: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, (question, answer) in enumerate(portal.questions, 1):
        asked[question.text, answer].append(number)
    for numbers in asked.values():
        if len(numbers) > 1:
            text = f"常见问题第{'、'.join(map(str, numbers))}问的问和答一样，留一条。"
            yield Note(about="questionInfo", text=text)
    names: dict[str, int] = defaultdict(int)
    for point in portal.points:
        names[point.name] += 1
    for name, count in names.items():
        if count > 1:
            yield Note(about="guidePoint", text=f"有 {count} 个办理点都叫“{name}”，核对是不是同一处。")


def _empty(portal: PortalGuide) -> Iterator[Note]:
    if not portal.points:
        yield Note(about="guidePoint", text="数据里没有办理点。")
    if portal.region == "unknown" or not portal.region.isdigit():
        yield Note(about="region", text=f"编码看不出地区（{portal.area or '没写'}），请按行政区划代码改。")
