"""One value as the text of one cell, and back; what a cell cannot hold exactly is refused, never rounded."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum

from guides.condition import Condition, Value
from guides.model import Citation
from guides.notation import Naming, NotationInvalid, number_text, read_condition, write_condition
from guides.sheets.plan import Field, Form
from guides.terms import words_of
from guides.writing import plain_of
from guides.yaml_source import Plain

EMPTY = "（空）"
"""Written where nothing is meant on purpose; an empty cell means the usual."""
BETWEEN = "｜"
YES, NO = "是", "否"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$")
_WHOLE = re.compile(r"-?\d+$")


class CellInvalid(Exception):
    """A cell cannot be read: why, and what to write instead."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(cause)
        self.cause, self.remedy = cause, remedy


def write_cell(field: Field, value: object, naming: Naming) -> str:
    """Give the text of a cell; "" for what is usual."""
    if value is None or (not field.required and value == field.default):
        return ""
    return _written(field, value, naming) or EMPTY


def _written(field: Field, value: object, naming: Naming) -> str:
    match value:
        case Citation():
            return citation_text(value)
        case Value() if field.form is Form.CONDITION:
            return write_condition(_condition(value), naming)
        case tuple():
            return "\n".join(_line(one) for one in value)
        case dict() if field.form is Form.MAPPING:
            return "\n".join(f"{key} = {_said(field, one)}" for key, one in value.items())
        case _ if field.form is Form.JSON:
            return _json_text(value)
        case bool():
            return YES if value else NO
        case Enum() | str():
            return field.words.get(str(value), str(value))
        case date():
            return value.isoformat()
        case int() | float():
            return number_text(value)
    raise TypeError(f"a cell cannot hold {type(value).__name__}")


def _condition(value: Value) -> Condition:
    return value  # type: ignore[return-value]  # the plan says that this field is a condition


def _line(one: object) -> str:
    if isinstance(one, Citation):
        return citation_text(one)
    return str(one).replace("\\", "\\\\").replace("\n", "\\n") or EMPTY


def citation_text(citation: Citation) -> str:
    """Give a citation as one line: 依据代号｜条款, and the mark where it weakens the source's own."""
    mark = citation.verification
    marked = [] if mark is None else [words_of("Citation", "verification")[mark.value]]
    return BETWEEN.join([citation.source, citation.locator, *marked])


def _said(field: Field, value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, str):
        word = field.words.get(str(value), str(value))
        return json.dumps(word, ensure_ascii=False) if _is_number(word) or word in (YES, NO) or not word else word
    return repr(value)


def _json_text(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if _is_json(value) or value == EMPTY else value
    return json.dumps(value, ensure_ascii=False)


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text) is not None


def read_cell(field: Field, text: str, naming: Naming) -> Plain:
    """Give the content of a cell that is not empty; raises CellInvalid."""
    if text.strip() == EMPTY:
        return _nothing(field.form)
    match field.form:
        case Form.CONDITION:
            return _read_condition(text, naming)
        case Form.CHOICE:
            return _chosen(field, text.strip())
        case Form.MAPPING:
            return dict(_pair(field, line) for line in text.split("\n") if line.strip())
        case _:
            return _READ[field.form](text)


def _read_condition(text: str, naming: Naming) -> Plain:
    try:
        return plain_of(read_condition(text, naming))
    except NotationInvalid as wrong:
        raise CellInvalid(wrong.cause, wrong.remedy) from wrong


def _lines(text: str) -> Plain:
    return [_read_line(line) for line in text.split("\n") if line.strip()]


def _citations(text: str) -> Plain:
    return [_read_citation(line) for line in text.split("\n") if line.strip()]


def _answer(text: str) -> Plain:
    return {YES: True, NO: False}.get(text.strip(), text.strip())


def _nothing(form: Form) -> Plain:
    if form is Form.MAPPING:
        return {}
    return [] if form in (Form.LINES, Form.CITATIONS) else ""


def _read_line(line: str) -> str:
    if line.strip() == EMPTY:
        return ""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], line)


def _read_citation(line: str) -> Plain:
    source, _, rest = line.replace("|", BETWEEN, 1).partition(BETWEEN)
    if not rest.strip():
        raise CellInvalid(f"“{line.strip()}”不是一处依据", "一行一处，写成 依据代号｜条款")
    locator, _, mark = rest.rpartition(BETWEEN)
    marks = {word: value for value, word in words_of("Citation", "verification").items()}
    if locator and mark.strip() in marks:
        return {"source": source.strip(), "locator": locator, "verification": marks[mark.strip()]}
    return {"source": source.strip(), "locator": rest}


def _chosen(field: Field, text: str) -> str:
    values = {word: value for value, word in field.words.items()}
    if field.words and text not in values and text not in field.words:
        raise CellInvalid(f"“{field.heading}”不能写“{text}”", f"可以写：{'、'.join(values)}")
    return values.get(text, text)


def _number(text: str) -> int | float:
    text = text.strip()
    if _WHOLE.match(text):
        return int(text)
    if not _is_number(text):
        raise CellInvalid(f"“{text}”不是数字", "只写数字，单位不用写")
    return float(text)


def _date(text: str) -> date:
    text = text.strip()
    found = _DAY.match(text)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as wrong:
        raise CellInvalid(f"没有“{text}”这一天", "写成 2026-11-22") from wrong
    raise CellInvalid(f"“{text}”不是日期", "写成 2026-11-22")


def _pair(field: Field, line: str) -> tuple[str, Plain]:
    key, equals, value = line.replace("＝", "=").rpartition("=")
    if not equals or not key.strip():
        raise CellInvalid(f"“{line.strip()}”不是一对", "一行一对，写成 代号 = 值")
    return key.strip(), _value(field.words, value.strip())


def _value(words: Mapping[str, str], text: str) -> Plain:
    if text in (YES, NO):
        return text == YES
    if text.startswith('"') and _is_json(text):
        return str(json.loads(text))
    if _is_number(text):
        return _number(text)
    return next((value for value, word in words.items() if word == text), text)


def _json(text: str) -> Plain:
    if not _is_json(text):
        return text
    found: Plain = json.loads(text)
    return found


_READ: Mapping[Form, Callable[[str], Plain]] = {
    Form.TEXT: str,
    Form.LINES: _lines,
    Form.CITATIONS: _citations,
    Form.NUMBER: _number,
    Form.DATE: _date,
    Form.ANSWER: _answer,
    Form.JSON: _json,
}
