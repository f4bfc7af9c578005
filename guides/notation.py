"""Conditions as one line of Chinese that can be read aloud, edited, and read back without loss.

    condition  := part ("或" part)*
    part       := unit ("且" unit)*
    unit       := "非" unit | "（" condition "）" | "全部（" condition "）" | "任一（" condition "）" | atom
    atom       := "任何情况" | "从不"
                | "满足" NAME                                   a condition of the guide, by its name
                | "走" NAME | "走任一" NAME+                     the route taken
                | NAME "为是" | NAME "为否"
                | NAME ("是" | "不是") NAME                      one option
                | NAME ("属于" | "不属于") NAME+
                | NAME ("不少于" | "多于" | "不多于" | "少于") NUMBER
                | NAME ("早于" | "不晚于" | "晚于" | "不早于") DATE
                | NAME ("至今已满" | "至今超过" | "至今不超过" | "至今不满") NUMBER ("天" | "个月" | "年")
    NAME       := “…” or "…" around a label or an id; an id may stand bare

`全部（…）` and `任一（…）` hold a single part; groups keep their parentheses, so that nothing is regrouped.
不是 and 不属于 are read as 非（…）. 并且 and 或者 are read too; commas and 、 between parts mean nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guides.condition import (
    Age,
    All,
    Always,
    AnyOf,
    Compare,
    Condition,
    DateCompare,
    Duration,
    Holds,
    Is,
    Not,
    OneOf,
    OnRoute,
)

NUMBERS = {"at_least": "不少于", "more_than": "多于", "at_most": "不多于", "less_than": "少于"}
DAYS = {"before": "早于", "on_or_before": "不晚于", "after": "晚于", "on_or_after": "不早于"}
AGES = {"at_least": "至今已满", "more_than": "至今超过", "at_most": "至今不超过", "less_than": "至今不满"}
UNITS = {"days": "天", "months": "个月", "years": "年"}
_WORDS = (
    *sorted(
        ("任何情况", "从不", "满足", "走任一", "走", "为是", "为否", "不是", "是", "不属于", "属于", "并且", "或者",
         "且", "或", "非", "全部", "任一", *NUMBERS.values(), *DAYS.values(), *AGES.values(), *UNITS.values()),
        key=len,
        reverse=True,
    ),
)  # fmt: skip
_TOKEN = re.compile(
    r"\s*(?:[，,、]\s*)*(?:(?P<name>“[^”]*”|\"[^\"]*\"|「[^」]*」)|(?P<date>\d{4}-\d{2}-\d{2})"
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<id>[a-z][a-z0-9_]*)"
    rf"|(?P<word>{'|'.join(_WORDS)})|(?P<open>[(（])|(?P<close>[)）]))"
)
_UNSAFE = re.compile(r"[“”\"「」\n\r\t]")
DEEPEST = 60
"""Parentheses inside parentheses; no jurist reads so far, and a machine should not either."""


class NotationInvalid(Exception):
    """A condition cannot be read: why, and what to write instead."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(cause)
        self.cause, self.remedy = cause, remedy


@dataclass(frozen=True, slots=True)
class Glossary:
    """Labels by id. An id is called by its label where that is unmistakable, else by itself."""

    labels: Mapping[str, str]

    def say(self, name: str) -> str:
        """Give what an id is called, in quotes."""
        label = self.labels.get(name, "").strip()
        clear = label and not _UNSAFE.search(label) and label not in self.labels
        return f"“{label}”" if clear and Counter(self._stripped())[label] == 1 else f"“{name}”"

    def meant(self, word: str, what: str) -> str:
        """Give the id meant by an id or a label; raises NotationInvalid."""
        if word in self.labels:
            return word
        found = [name for name, label in self.labels.items() if label.strip() == word.strip()]
        if len(found) == 1:
            return found[0]
        some = "、".join(f"“{label or name}”" for name, label in list(self.labels.items())[:12])
        cause = f"有几个{what}都叫“{word}”" if found else f"没有叫“{word}”的{what}"
        raise NotationInvalid(cause, f"写代号：{'、'.join(found)}" if found else f"可以写：{some}")

    def _stripped(self) -> tuple[str, ...]:
        return tuple(label.strip() for label in self.labels.values())


@dataclass(frozen=True, slots=True)
class Naming:
    """What a guide's facts, their options, its named conditions and its routes are called."""

    facts: Glossary
    options: Mapping[str, Glossary]
    conditions: Glossary
    routes: Glossary

    def options_of(self, fact: str) -> Glossary:
        return self.options.get(fact, Glossary({}))


def write_condition(condition: Condition, naming: Naming) -> str:
    """Give a condition as one line; `read_condition` gives it back exactly."""
    match condition:
        case Always(always=always):
            return "任何情况" if always else "从不"
        case All(all=parts):
            return _joined(parts, " 且 ", "全部", naming)
        case AnyOf(any=parts):
            return _joined(parts, " 或 ", "任一", naming)
        case Not(not_=part):
            return f"非（{write_condition(part, naming)}）"
        case Holds(holds=name):
            return f"满足{naming.conditions.say(name)}"
        case OnRoute(route=taken):
            several = (taken,) if isinstance(taken, str) else taken
            said = "".join(naming.routes.say(route) for route in several)
            return f"{'走' if isinstance(taken, str) else '走任一'}{said}"
        case Is(fact=fact, is_=value):
            answer = naming.options_of(fact).say(value) if isinstance(value, str) else "是" if value else "否"
            return f"{naming.facts.say(fact)}{'是' if isinstance(value, str) else '为'}{answer}"
        case OneOf(fact=fact, one_of=values):
            return f"{naming.facts.say(fact)}属于{''.join(naming.options_of(fact).say(value) for value in values)}"
        case _:
            return _bounded(condition, naming)


def _joined(parts: Sequence[Condition], between: str, alone: str, naming: Naming) -> str:
    said = [write_condition(part, naming) for part in parts]
    if len(parts) == 1:
        return f"{alone}（{said[0]}）"
    return between.join(
        f"（{one}）" if isinstance(part, All | AnyOf) and len(_parts(part)) > 1 else one
        for one, part in zip(said, parts, strict=True)
    )


def _parts(group: All | AnyOf) -> tuple[Condition, ...]:
    return group.all if isinstance(group, All) else group.any


def _bounded(condition: Condition, naming: Naming) -> str:
    match condition:
        case Compare(fact=fact):
            for bound, word in NUMBERS.items():
                if (number := getattr(condition, bound)) is not None:
                    return f"{naming.facts.say(fact)}{word} {number_text(number)}"
        case DateCompare(fact=fact):
            for bound, word in DAYS.items():
                if (day := getattr(condition, bound)) is not None:
                    return f"{naming.facts.say(fact)}{word} {day.isoformat()}"
        case Age(age_of=fact):
            for bound, word in AGES.items():
                if (length := getattr(condition, bound)) is not None:
                    return f"{naming.facts.say(fact)}{word} {_length(length)}"
    raise AssertionError("every comparison has one bound")


def _length(length: Duration) -> str:
    unit = next(unit for unit in UNITS if getattr(length, unit) is not None)
    return f"{getattr(length, unit)}{UNITS[unit]}"


def number_text(number: float) -> str:
    """Give a number without a point where it is whole."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 10**15 else repr(number)


def read_condition(text: str, naming: Naming) -> Condition:
    """Read one line; raises NotationInvalid."""
    reader = _Reader(_tokens(text), naming)
    condition = reader.condition(0)
    reader.end()
    return condition


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    text: str


def _tokens(text: str) -> list[_Piece]:
    pieces, at = [], 0
    end = len(text.rstrip(" \t\r\n，,、。；;"))
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise NotationInvalid(f"看不懂“{text[at : at + 12].strip()}”", "对照“说明”页里的写法；名称要加引号“”")
        pieces.append(_Piece(found.lastgroup, found[found.lastgroup]))
        at = found.end()
    return pieces


@dataclass(slots=True)
class _Reader:
    pieces: list[_Piece]
    naming: Naming
    at: int = 0

    def condition(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise NotationInvalid("括号套得太深", "把里面的一组写成一条“常用条件”")
        parts = [self._part(depth)]
        while self._takes("或", "或者"):
            parts.append(self._part(depth))
        return parts[0] if len(parts) == 1 else AnyOf(any=tuple(parts))

    def end(self) -> None:
        if self.at < len(self.pieces):
            raise NotationInvalid(f"“{self.pieces[self.at].text}”前面少了“且”或“或”", "两个条件之间写“且”或“或”")

    def _part(self, depth: int) -> Condition:
        parts = [self._unit(depth)]
        while self._takes("且", "并且"):
            parts.append(self._unit(depth))
        return parts[0] if len(parts) == 1 else All(all=tuple(parts))

    def _unit(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise NotationInvalid("括号套得太深", "把里面的一组写成一条“常用条件”")
        if self._takes("非"):
            return Not(not_=self._unit(depth + 1))
        if self._takes("全部"):
            return All(all=(self._group(depth),))
        if self._takes("任一"):
            return AnyOf(any=(self._group(depth),))
        if self._next("open"):
            return self._group(depth)
        return self._atom()

    def _group(self, depth: int) -> Condition:
        if not self._next("open"):
            raise NotationInvalid("少了左括号", "写成（…）")
        self.at += 1
        inner = self.condition(depth + 1)
        if not self._next("close"):
            raise NotationInvalid("括号没有配对", "补上右括号）")
        self.at += 1
        return inner

    def _atom(self) -> Condition:
        if self._takes("任何情况"):
            return Always(always=True)
        if self._takes("从不"):
            return Always(always=False)
        if self._takes("满足"):
            return Holds(holds=self.naming.conditions.meant(self._name(), "常用条件"))
        if self._takes("走任一"):
            return OnRoute(route=tuple(self.naming.routes.meant(word, "路线") for word in self._names()))
        if self._takes("走"):
            return OnRoute(route=self.naming.routes.meant(self._name(), "路线"))
        return self._about(self.naming.facts.meant(self._name(), "情况"))

    def _about(self, fact: str) -> Condition:
        word = self._word()
        options = self.naming.options_of(fact)
        match word:
            case "为是" | "为否":
                return Is(fact=fact, is_=word == "为是")
            case "是":
                return Is(fact=fact, is_=options.meant(self._name(), "选项"))
            case "不是":
                return Not(not_=Is(fact=fact, is_=options.meant(self._name(), "选项")))
            case "属于" | "不属于":
                among = OneOf(fact=fact, one_of=tuple(options.meant(name, "选项") for name in self._names()))
                return among if word == "属于" else Not(not_=among)
            case _:
                return self._bound(fact, word)

    def _bound(self, fact: str, word: str) -> Condition:
        if (bound := _key(NUMBERS, word)) is not None:
            return Compare.model_validate({"fact": fact, bound: float(self._take("number", "数字"))})
        if (bound := _key(DAYS, word)) is not None:
            written = self._take("date", "2026-11-22 这样的日期")
            try:
                return DateCompare.model_validate({"fact": fact, bound: date.fromisoformat(written)})
            except ValueError as wrong:
                raise NotationInvalid(f"没有“{written}”这一天", "写 2026-11-22 这样的日期") from wrong
        if (bound := _key(AGES, word)) is not None:
            return Age.model_validate({"age_of": fact, bound: self._duration()})
        raise NotationInvalid(f"“{word}”不能跟在情况后面", "写 为是、为否、是、属于、不少于、早于、至今已满 …")

    def _duration(self) -> Duration:
        number = self._take("number", "6个月 这样的时长")
        unit = _key(UNITS, self._word())
        if unit is None or not re.fullmatch(r"-?\d+", number):
            raise NotationInvalid("时长写得不对", "写成 6个月、30天 或 1年")
        return Duration.model_validate({unit: int(number)})

    def _names(self) -> list[str]:
        names = [self._name()]
        while self._next("name") or self._next("id"):
            names.append(self._name())
        return names

    def _name(self) -> str:
        if self._next("id"):
            return self._take("id", "")
        return self._take("name", "加引号的名称，如“妈妈户口”")[1:-1]

    def _word(self) -> str:
        return self._take("word", "为是、是、属于、不少于 …")

    def _take(self, kind: str, wanted: str) -> str:
        if not self._next(kind):
            found = f"“{self.pieces[self.at].text}”" if self.at < len(self.pieces) else "没有了"
            raise NotationInvalid(f"这里要写{wanted}，现在{found}", "对照“说明”页里的写法")
        self.at += 1
        return self.pieces[self.at - 1].text

    def _next(self, kind: str) -> bool:
        return self.at < len(self.pieces) and self.pieces[self.at].kind == kind

    def _takes(self, *words: str) -> bool:
        if self._next("word") and self.pieces[self.at].text in words:
            self.at += 1
            return True
        return False


def _key(table: Mapping[str, str], word: str) -> str | None:
    return next((key for key, said in table.items() if said == word), None)
