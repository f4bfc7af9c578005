"""General notions a question may name as its topic: what people say about them in any guide.

A notion knows how a fact is talked about (whose place of household, who goes, who is followed), never what follows
from it. Questions without a notion are read by their own phrases alone. To add one: write a function and name it in
`NOTIONS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.reading.counting import counted
from assistant.reading.dates import DateKind, DateSpan
from assistant.reading.numbers import NUMBER, to_number
from assistant.reading.people import CHILD, FATHER, MOTHER
from assistant.reading.places import Near, Place
from assistant.reading.spans import Span
from assistant.reading.words import Candidate, Words
from guides.model import FactKind, Question

Notion = Callable[[Words, Question], Iterator[Candidate]]

_BIRTH = re.compile(r"出生|生的|生了|生下|生娃|生孩子|生宝宝|生小孩|分娩|剖腹|剖宫|顺产|落地|接生")
_BORN_IN = re.compile(r"(?:出生在|出生于|生在|生于|出生地(?:点)?是)$")
_HOUSEHOLD = re.compile(r"户口|户籍|落户")


def birth_place(words: Words, question: Question) -> Iterator[Candidate]:
    """Read "在长沙出生": a place with the birth after it in the same clause, and no household between."""
    for place in words.places:
        clause = words.clause(place.span.start)
        after = words.text[place.span.end : clause.end]
        told = _BORN_IN.search(words.text[: place.span.start])
        if told is not None and (value := option_for(question, place)):
            yield Candidate(value, Span(told.start(), place.span.end), words.text[told.start() : place.span.end], 3)
            continue
        birth = _BIRTH.search(after)
        if birth is None or _HOUSEHOLD.search(after[: birth.start()]):
            continue
        if whose_birth(words, place.span) and (value := option_for(question, place)):
            span = Span(place.span.start, place.span.end + birth.end())
            yield Candidate(value, span, words.text[span.start : span.end], 3)


def whose_birth(words: Words, span: Span) -> bool:
    """A grown-up's own place of birth is not the child's."""
    return words.whose(span) != frozenset({"relative"})


def hukou_place(words: Words, question: Question) -> Iterator[Candidate]:
    """Read "我是湖北户口", "她爸户口在长沙", "老公衡阳的", each of the parent it is said of."""
    for place in words.places:
        clause = words.clause(place.span.start)
        before, after = words.text[clause.start : place.span.start], words.text[place.span.end : clause.end]
        named = re.match(r"(?:市|省|这边|那边|本地)?的?(?:农村|城镇)?(?:集体|家庭)?(?:户口|户籍|户)", after)
        told = re.search(r"(?:户口|户籍)(?:本|簿)?(?:还|都|也)?(?:是|在|落在)?[^，]{0,2}$", before)
        plain = re.match(r"(?:市|省|这边|那边)?(?:的|人)(?:$|[，,。！？!?、 和跟]|嘛|啊|吧|呢)", after + "，")
        away = _BIRTH.search(after[:8]) or re.match(r".{0,3}(?:打工|上班|工作|租|住|读书|医院)", after)
        replied = question.fact == words.asked and len(words.text) <= 12
        if not (named or told or replied or (plain and re.search(r"(?:是|都|，|^)?[^在去到]{0,6}$", before))) or (
            away and not named
        ):
            continue
        denied = re.search(r"(?:不是|没有|没|非)$", before)
        span = Span(place.span.start, place.span.end + (named.end() if named else 0))
        if not denied and speaks_of(words, question, place.span) and (value := option_for(question, place)):
            yield Candidate(value, span, words.text[span.start : span.end], 3)


def speaks_of(words: Words, question: Question, span: Span) -> bool:
    """Tell whether the words at `span` are said of the party the question is about."""
    if question.of not in (MOTHER, FATHER):
        return True
    who = words.whose(span)
    return question.of in who or (question.fact == words.asked and not who & {MOTHER, FATHER})


_OPTIONS_OF: dict[Near, tuple[str, ...]] = {
    Near.CITY: ("changsha", "city", "local", "same_city", "hunan", "province", "in_province"),
    Near.PROVINCE: ("hunan_other", "other_city", "hunan", "province", "in_province"),
    Near.OTHER_PROVINCE: ("other_province", "outside_province", "elsewhere"),
    Near.ABROAD: ("abroad", "outside_mainland", "overseas", "foreign"),
}


def option_for(question: Question, place: Place) -> str:
    """Give the option a place belongs to, "" where the question has none for it or the place is too wide to tell."""
    values = {option.value for option in question.options}
    whole_province = place.near is Near.PROVINCE and (place.region is None or len(place.region.code) == 2)
    if whole_province and values & set(_OPTIONS_OF[Near.CITY][:4]):
        return ""
    return next((value for value in _OPTIONS_OF[place.near] if value in values), "")


_FOLLOW = re.compile(r"(?:随着?|跟着?|上在?|落在?|入在?|挂在?|放在?|报在?)$")
_FOLLOW_PRONOUN = re.compile(r"(?:随着?|跟着?|上在?|落在?)(?P<who>她|他)(?!爸|妈|爹|娘|的?姓|们)")
_GOES = re.compile(
    r"^(?:自己|一个人|单独|本人|先)?(?:来|去|到窗口|可以|能|想)*(?:代?办|申请|提交|跑|弄|交材料|一个人去)"
)


def household_side(words: Words, question: Question) -> Iterator[Candidate]:
    """Read "随她爸落户", "上我老婆的户口"; being named after somebody (随爸爸姓) is another thing."""
    values = {option.value for option in question.options}
    for match in _FOLLOW_PRONOUN.finditer(words.text):
        role = MOTHER if match["who"] == "她" else FATHER
        span = Span(match.start(), match.end())
        if role in values and any(role in mention.roles for mention in words.people if mention.span.end <= span.start):
            yield Candidate(role, span, match[0], 3)
    for mention in words.people:
        side = mention.roles & {MOTHER, FATHER}
        after = words.text[mention.span.end : mention.span.end + 4]
        follow = _FOLLOW.search(words.text[: mention.span.start])
        if len(side) == 1 and follow and not re.match(r"的?姓", after):
            (role,) = side
            if role in values:
                span = Span(follow.start(), mention.span.end)
                yield Candidate(role, span, words.text[span.start : span.end], 3)


def applicant(words: Words, question: Question) -> Iterator[Candidate]:
    """Read "爸爸去办", "我自己来办": who files the case."""
    values = {option.value for option in question.options}
    for mention in words.people:
        goes = _GOES.match(words.text[mention.span.end :])
        roles = mention.roles & values
        if goes and len(roles) == 1 and CHILD not in mention.roles:
            span = Span(mention.span.start, mention.span.end + goes.end())
            yield Candidate(next(iter(roles)), span, words.text[span.start : span.end], 3)


_GROUPS = (  # GB/T 3304
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 "
    "东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 "
    "乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
).split()
_ETHNICITY = re.compile("(?:" + "|".join(sorted(_GROUPS, key=len, reverse=True)) + ")族")


def same_ethnicity(words: Words, _question: Question) -> Iterator[Candidate]:
    """Read "爸爸汉族妈妈苗族": same or not, once both parents' are named."""
    named: dict[str, str] = {}
    spans = []
    for match in _ETHNICITY.finditer(words.text):
        span = Span(match.start(), match.end())
        for role in words.whose(span) & {MOTHER, FATHER}:
            named[role] = match[0]
            spans.append(span)
    if len(named) == 2:
        span = Span(min(s.start for s in spans), max(s.end for s in spans))
        yield Candidate(named[MOTHER] == named[FATHER], span, words.text[span.start : span.end], 4)


_CHILDHOOD = 20
"""Years; whoever was born earlier is no child whose birth is told."""
_OTHER_DATES = re.compile(r"社保|缴|交了|工龄|上班|工作|开业|租|执照|结婚|领证|离婚|怀孕|退休|办理|去办|过期|有效")


def child_birth(words: Words, question: Question) -> Iterator[Candidate]:
    """Read the child's day of birth: a date or an age in a clause that speaks of nothing else."""
    found = [date for date in words.dates if not _plans(words, date)]
    for date in found:
        clause = words.clause_text(date.span.start)
        births = _BIRTH.search(clause)
        if date.days.latest.year < words.on.year - _CHILDHOOD:
            continue
        if births is None and _OTHER_DATES.search(clause) and question.fact != words.asked:
            continue
        if (
            births is None
            and date.kind is DateKind.AGO
            and not _speaks_of_child(words)
            and question.fact != words.asked
        ):
            continue
        width = (date.days.latest - date.days.earliest).days
        yield Candidate(date.value, date.span, date.words, 3 + bool(births) + 1 / (1 + width))


def _plans(words: Words, date: DateSpan) -> bool:
    """A day on which somebody wants to go."""
    return re.match(r"[^，。]{0,3}(?:去办|来办|去窗口|就去|想去|准备去)", words.text[date.span.end :]) is not None


def _speaks_of_child(words: Words) -> bool:
    return any(CHILD in mention.roles for mention in words.people) or bool(re.search(r"生|娃|崽", words.text))


def own_birth(words: Words, question: Question) -> Iterator[Candidate]:
    """Read when the person was born: 75年3月, 1964年12月生, 今年50岁."""
    for date in words.dates:
        clause = words.clause_text(date.span.start)
        age = date.kind is DateKind.AGE and "岁" in date.words and date.days.latest.year <= words.on.year - 16
        year = date.days.latest.year
        if (age or (date.kind is DateKind.CALENDAR and year <= words.on.year - 30)) and not re.search(
            r"参加工作|参保|开始缴|入职|进厂|下乡|入伍", clause
        ):
            width = (date.days.latest - date.days.earliest).days
            if width <= 31 or question.kind is FactKind.DATE or age:
                yield Candidate(date.value, date.span, date.words, 3 + 1 / (1 + width))


_MAN = re.compile(r"(?<![一-龥])男(?![一-龥])|男(?:的|性|职工|同志|工人|士)")


def a_man(words: Words, _question: Question) -> Iterator[Candidate]:
    """Read that the person is a man; which of the women's ages applies is never told by 女 alone."""
    for match in _MAN.finditer(words.text):
        yield Candidate("male", Span(match.start(), match.end()), match[0], 3)


_AREA_UNITS = frozenset({"平", "平米", "平方", "平方米", "㎡", "m2"})


def area(words: Words, _question: Question) -> Iterator[Candidate]:
    """Read a floor area."""
    for number in words.numbers:
        if number.unit in _AREA_UNITS:
            yield Candidate(number.value, number.span, number.words, 3)


_SHORT_OF = re.compile(
    rf"还?(?:差|少|缺)[了着]?\s*(?P<n>{NUMBER})\s*年多?[^，。]{{0,6}}?(?:不够|不到|才够|满|到)?\s*(?P<all>{NUMBER})\s*年"
)
_PAID = re.compile(
    r"(?:缴费?|交|买|参保|社保|养老保险|工龄)(?:了|满|够|有|共|一共|累计|已经|的|社保|养老保险|年限|时间|是|才|只)*"
    rf"\s*(?P<n>{NUMBER})\s*年(?P<half>半)?"
)


def paid_years(words: Words, _question: Question) -> Iterator[Candidate]:
    """Read years of contributions: 交了12年社保, 缴费年限15年, 差两年不够15年 (so 13)."""
    for match in _SHORT_OF.finditer(words.text):
        missing, whole = to_number(match["n"]), to_number(match["all"])
        if missing is not None and whole is not None and whole > missing:
            yield Candidate(whole - missing, Span(match.start(), match.end()), match[0], 4)
    for match in _PAID.finditer(words.text):
        years = to_number(match["n"])
        if years is not None and years <= 60:
            yield Candidate(years + (0.5 if match["half"] else 0), Span(match.start(), match.end()), match[0], 3)


NOTIONS: dict[str, Notion] = {
    "birth_place": birth_place,
    "hukou_place": hukou_place,
    "household_side": household_side,
    "applicant": applicant,
    "ethnicity": same_ethnicity,
    "child_birth": child_birth,
    "own_birth": own_birth,
    "area": area,
    "paid_years": paid_years,
}


def notion_of(question: Question) -> Notion | None:
    """Give the notion a question is about: by its topic, or by what it counts."""
    if question.topic == "birth_date":
        return NOTIONS["child_birth" if question.of == CHILD else "own_birth"]
    if question.topic in NOTIONS:
        return NOTIONS[question.topic]
    if any(option.value == "male" for option in question.options):
        return a_man
    if question.kind is FactKind.NUMBER and question.unit in _AREA_UNITS:
        return area
    if question.kind is FactKind.NUMBER and question.unit == "年" and re.search("缴费|[缴交]", question.ask):
        return paid_years
    return counted if question.kind is FactKind.NUMBER else None
