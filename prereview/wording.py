"""What people read, as data: `wording.zh.yaml`, checked when it is loaded."""

from __future__ import annotations

import string
from functools import cache
from pathlib import Path

import yaml
from pydantic import ValidationError

from guides.condition import Value
from prereview.model import Check
from prereview.ports import ProfileInvalid

WORDING = Path(__file__).with_name("wording.zh.yaml")

FORBIDDEN = ("审核通过", "保证受理", "包过", "最多跑一次", "您不符合条件", "不用带身份证")
"""Promises and verdicts that only an office can give."""


class Text(Value):
    """What was expected, what was found, what to do; `{names}` are filled in."""

    expected: str
    found: str
    remedy: str = ""


class CheckWords(Value):
    """The name of a check and what it says in each case."""

    name: str
    says: dict[str, Text]


class Wording(Value):
    """All that the pre-review says."""

    checks: dict[Check, CheckWords]
    broken: Text
    """Said when a check itself failed."""
    readiness: dict[str, str]
    limits: tuple[str, ...]
    edges: dict[str, str]
    fields: dict[str, str]
    problems: dict[str, str]

    def say(self, check: Check, key: str, **words: str) -> Text:
        """Give the words of a case; raises KeyError for a case that has none."""
        text = self.checks[check].says[key]
        return Text(
            expected=_filled(text.expected, words), found=_filled(text.found, words), remedy=_filled(text.remedy, words)
        )

    def field(self, name: str) -> str:
        """Give what people call a field; its person's name is put before it."""
        if name in self.fields:
            return self.fields[name]
        person, _, rest = name.partition("_")
        return self.fields.get(person, "") + self.fields.get(rest, "内容")


def _filled(text: str, words: dict[str, str]) -> str:
    return _Plain().vformat(text, (), words)


class _Plain(string.Formatter):
    """Fills names in and nothing else: what was read on a document is never taken as a format."""

    def get_field(self, field_name: str, args: object, kwargs: object) -> tuple[str, str]:
        del args
        if not isinstance(kwargs, dict):
            raise TypeError("named words only")
        return str(kwargs[field_name]), field_name


def load_wording(path: Path = WORDING) -> Wording:
    """Read the words; raises ProfileInvalid naming each mistake."""
    try:
        wording = Wording.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except yaml.YAMLError as error:
        raise ProfileInvalid([f"{path.name}：YAML 写错了：{error}"]) from error
    except ValidationError as error:
        problems = [f"{path.name} {'.'.join(map(str, one['loc']))}：{one['msg']}" for one in error.errors()]
        raise ProfileInvalid(problems) from error
    missing = [f"{path.name} checks：缺 {check}" for check in Check if check not in wording.checks]
    if missing:
        raise ProfileInvalid(missing)
    return wording


@cache
def wording() -> Wording:
    """Give the project's own words, read once."""
    return load_wording()
