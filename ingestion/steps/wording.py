"""Read conditions and ways of handing in off the wording of a portal's guide: proposals, for an editor to judge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingestion.portal_model import Said


class Hint(StrEnum):
    """What a wording proposes of a material."""

    ONLY_WHEN = "only_when"
    """Handed in only in a case."""
    NOT_WHEN = "not_when"
    """Not handed in in a case."""
    IF_CHECK_FAILS = "if_check_fails"
    MORE_WHEN = "more_when"
    """A further paper in a case."""
    GENERATED = "generated"
    SIGN = "sign"
    UPLOAD = "upload"
    NOT_ALL_WINDOWS = "not_all_windows"


@dataclass(frozen=True, slots=True)
class Reading:
    """One proposal: what it says, the case in the words of the text ("" where none), and the place it was read at."""

    hint: Hint
    case: str
    said: Said
    paper: str = ""


_WORDS = r"(?:[^，。；：:;（）()\n]|[（(][^（）()\n]*[）)])"
_STOP = r"[^，。；、：:;（）()\n]"
_PATTERNS: tuple[tuple[Hint, re.Pattern[str]], ...] = (
    (Hint.IF_CHECK_FAILS, re.compile(rf"(?:如果?|若)(?P<case>(?:无法|不能|未能){_STOP}{{2,30}})[，,]?则?需?要?提供")),
    (Hint.NOT_WHEN, re.compile(rf"(?P<case>\d+岁以下|{_STOP}{{2,20}}的)可以?不(?:用|需)?提(?:供|交)")),
    (
        Hint.MORE_WHEN,
        re.compile(rf"当?(?P<case>{_STOP}{{2,20}})时[，,]?还?(?:必?须|需要?|应当?)[^《。；]{{0,6}}《(?P<paper>.+)》"),
    ),
    (
        Hint.MORE_WHEN,
        re.compile(r"[（(](?P<case>[^，。；：（）()\n]{2,40})时(?:需?提供|含)(?P<paper>[^）)]{2,30})[）)]"),
    ),
    (Hint.ONLY_WHEN, re.compile(rf"仅(?P<case>{_STOP}{{2,40}})的?[，,]?(?:才?需要?|应当?)提(?:供|交)")),
    (
        Hint.ONLY_WHEN,
        re.compile(rf"(?P<case>{_WORDS}{{2,60}}?)(?:时|情形下|的?情况下)[，,]?(?:才?需要?|应当?|必?须)?提(?:供|交)"),
    ),
    (Hint.ONLY_WHEN, re.compile(rf"(?P<case>{_WORDS}{{4,60}}(?:有变化|变更))的?[，,](?:才?需要?|应当?)提(?:供|交)")),
)
_GENERATED = re.compile("系统(?:自动)?生成|自动生成")
_SIGN = re.compile("签字|签名")
_UPLOAD = re.compile("拍照上传|可上传|上传")
_WINDOW = re.compile("窗口")
_PROCEDURE = re.compile(r"[（(](?P<case>[^（）()]*流程)[）)]\s*$")
_FILLER = re.compile(
    r"^(?:材料)?(?:材料|内容|资料)?(?:真实|齐全|有效|完整|清晰|准确|如实提供|不需填写|字迹|填写|符合|法定形式|相关规定|"
    r"[\w“”《》]{0,6}(?:相关)?规定|申请人自备|无涂改|且|，|。|、|\s)*$"
)
_OLD = re.compile(r"周岁|退休年龄|缴费(?:年限)?[^。]{0,10}(?:\d+|十五)年")
_LAW = re.compile(r"《([^《》]{3,40}(?:法|条例|办法|规定|决定|通知|意见|规范))》")


def read_wording(said: Iterable[Said]) -> tuple[Reading, ...]:
    """Give every proposal the texts of a material allow, in their order; the same one only once."""
    found: dict[tuple[Hint, str, str], Reading] = {}
    for one in said:
        for reading in _read(one):
            found.setdefault((reading.hint, reading.case, reading.paper), reading)
    return tuple(found.values())


def procedures(name: Said) -> tuple[str, ...]:
    """Give the procedures a material's own name limits it to: 灭火和应急疏散预案（告知承诺制流程/一般流程）."""
    matched = _PROCEDURE.search(name.text)
    return tuple(part.strip() for part in re.split("[/、或]", matched.group("case"))) if matched else ()


def alternatives(name: str) -> tuple[str, ...]:
    """Give the papers one of which is enough, where a name lists them: 《甲》或《乙》."""
    titles = re.findall(r"《[^《》]+》", name)
    return tuple(titles) if len(titles) > 1 and re.fullmatch(r"(?:《[^《》]+》或?)+", name) else ()


def says_nothing(text: str) -> bool:
    """Tell a filler (材料齐全、符合申请要求) from a text that says something."""
    return bool(_FILLER.match(text.strip())) or text.strip() in ("符合申请要求", "符合以上条件")


def may_be_outdated(text: str) -> bool:
    """Tell that a text names ages of retirement or years of contributions, which the law has changed since."""
    return bool(_OLD.search(text))


def laws_named(text: str) -> tuple[str, ...]:
    """Give the titles of laws and notices a text names, each once."""
    return tuple(dict.fromkeys(_LAW.findall(text)))


def _read(said: Said) -> Iterator[Reading]:
    taken = said.text
    for hint, pattern in _PATTERNS:
        for matched in pattern.finditer(taken):
            groups = matched.groupdict()
            yield Reading(hint, groups["case"].strip("当 ，,"), said, (groups.get("paper") or "").strip("〈〉 "))
        taken = pattern.sub("。", taken)
    if said.locator.endswith("/mtjfssm"):
        return
    if _GENERATED.search(said.text):
        yield Reading(Hint.GENERATED, "", said)
    if _SIGN.search(said.text) and "签字确认" in said.text:
        yield Reading(Hint.SIGN, "", said)
    if _UPLOAD.search(said.text) and not said.locator.endswith("yqtgyj"):
        yield Reading(Hint.UPLOAD, "", said)
    if _WINDOW.search(said.text) and said.locator.endswith("tbxz"):
        yield Reading(Hint.NOT_ALL_WINDOWS, "", said)
