"""What a form holds, turned into the content of a guide and back; whatever was typed is kept, right or wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from channels.editing.fields import Field, Shape, fields_of
from guides.yaml_source import Plain

Posted = Mapping[str, Sequence[str]]
"""A form as sent: every value of every name."""

DATED = frozenset({"before", "on_or_before", "after", "on_or_after"})
COUNTED = frozenset({"at_least", "more_than", "at_most", "less_than"})
CHOSEN = frozenset({"is", "not_is", "one_of", "not_one_of"})
BOUNDS = {
    "yes_no": ("is", "not_is"),
    "one_of": ("is", "not_is", "one_of", "not_one_of"),
    "number": tuple(sorted(COUNTED)),
    "date": (*(f"age_{bound}" for bound in sorted(COUNTED)), *sorted(DATED)),
}
BOUNDS["month"] = BOUNDS["date"]


@dataclass(frozen=True, slots=True)
class ConditionForm:
    """A condition as the builder shows it: one fact, or a group of others."""

    form: str
    fact: str = ""
    bound: str = ""
    values: tuple[str, ...] = ()
    amount: str = ""
    unit: str = "months"
    parts: tuple[ConditionForm, ...] = ()
    raw: tuple[Plain, ...] = ()


Kinds = Mapping[str, str]
"""What sort of answer each fact of the guide takes."""


def decode(kind: str, posted: Posted, at: str, old: Plain, kinds: Kinds) -> dict[str, Plain]:
    """Give a part as its form says; what the form does not show stays as it was."""
    made = dict(old) if isinstance(old, dict) else {}
    for field in fields_of(kind):
        name = f"{at}.{field.name}" if at else field.name
        value = decode_field(field, posted, name, made.get(field.name), kinds)
        if value is None or (value in ("", [], {}) and not field.required):
            made.pop(field.name, None)
        else:
            made[field.name] = value
    order = [field.name for field in fields_of(kind)]
    return dict(sorted(made.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))


def decode_field(field: Field, posted: Posted, name: str, old: Plain, kinds: Kinds) -> Plain:
    """Give one field as the form says; None where it was left empty."""
    first = (posted.get(name) or [""])[0].replace("\r\n", "\n").strip()
    match field.shape:
        case Shape.CONDITION:
            made = condition_of(posted, name, kinds)
            return None if made == {"always": True} and not field.required else made
        case Shape.PART:
            here = any(key.startswith(f"{name}.") for key in posted)
            return decode(field.kind, posted, name, old, kinds) if here else None
        case Shape.PARTS:
            count = _count(posted, name)
            rows = old if isinstance(old, list) else []
            return [
                decode(field.kind, posted, f"{name}.{i}", rows[i] if i < len(rows) else {}, kinds) for i in range(count)
            ]
        case Shape.LINES:
            return [line.strip() for line in first.split("\n") if line.strip()]
        case Shape.SERVICES | Shape.SOURCES:
            chosen = [one for one in posted.get(name, ()) if one]
            before = old if isinstance(old, list) else []
            return [*(one for one in before if one in chosen), *(one for one in chosen if one not in before)]
        case Shape.HIDDEN:
            return first or old
        case _:
            return _plain_field(field, first)


def _plain_field(field: Field, first: str) -> Plain:
    """Give one input as its field takes it."""
    if field.shape is Shape.PAIRS:
        pairs = (line.partition("=") for line in first.split("\n") if line.strip())
        return {key.strip(): _answer(value.strip()) for key, _, value in pairs}
    readers = {Shape.NUMBER: number_of, Shape.DATE: day_of, Shape.ANSWER: _answer}
    if field.shape in readers:
        return readers[field.shape](first) if first else None
    return first or ("" if field.required else None)


def condition_of(posted: Posted, at: str, kinds: Kinds) -> Plain:
    """Give a condition as the builder says."""
    form = (posted.get(f"{at}.form") or ["always"])[0]
    count = _count(posted, at)
    match form:
        case "all" | "any":
            parts = [condition_of(posted, f"{at}.{i}", kinds) for i in range(count)]
            return {form: parts or [_fact(posted, at, kinds)]}
        case "not":
            return {"not": condition_of(posted, f"{at}.0", kinds) if count else _fact(posted, at, kinds)}
        case "holds":
            return {"holds": (posted.get(f"{at}.holds") or [""])[0]}
        case "route":
            routes: list[Plain] = [one for one in posted.get(f"{at}.route", ()) if one]
            return {"route": routes[0] if len(routes) == 1 else routes}
        case "fact":
            return _fact(posted, at, kinds)
        case "never":
            return {"always": False}
        case _:
            return {"always": True}


def _fact(posted: Posted, at: str, kinds: Kinds) -> Plain:
    fact = (posted.get(f"{at}.fact") or [""])[0] or next(iter(kinds), "")
    bound = (posted.get(f"{at}.bound") or [""])[0]
    known = BOUNDS.get(kinds.get(fact, ""), ("is",))
    bound = bound if bound in known else known[0]
    values = [one for one in posted.get(f"{at}.value", ()) if one]
    amount = (posted.get(f"{at}.amount") or [""])[0].strip()
    if bound in CHOSEN:
        many = bound.endswith("one_of") or len(values) > 1
        one = _answer(values[0]) if values else ""
        made: Plain = {"fact": fact, "one_of": list(values)} if many else {"fact": fact, "is": one}
        return {"not": made} if bound.startswith("not_") else made
    if bound in COUNTED:
        return {"fact": fact, bound: number_of(amount)}
    if bound in DATED:
        return {"fact": fact, bound: day_of(amount)}
    unit = (posted.get(f"{at}.unit") or ["months"])[0]
    return {"age_of": fact, bound.removeprefix("age_"): {unit: number_of(amount)}}


def condition_form(plain: Plain) -> ConditionForm:
    """Give the builder's view of a condition; something unreadable is shown as holding always."""
    if not isinstance(plain, dict):
        return ConditionForm("always")
    if "always" in plain:
        return ConditionForm("always" if plain["always"] else "never")
    for key in ("all", "any"):
        if isinstance(parts := plain.get(key), list):
            return ConditionForm(key, parts=tuple(map(condition_form, parts)))
    if "not" in plain:
        inner = condition_form(plain["not"])
        if inner.form == "fact" and inner.bound in ("is", "one_of"):
            return ConditionForm("fact", inner.fact, f"not_{inner.bound}", inner.values)
        return ConditionForm("not", parts=(inner,))
    if "holds" in plain:
        return ConditionForm("holds", values=(str(plain["holds"]),))
    if "route" in plain:
        routes = plain["route"]
        return ConditionForm("route", values=tuple(map(str, routes)) if isinstance(routes, list) else (str(routes),))
    return _fact_form(plain)


def _fact_form(plain: dict[str, Plain]) -> ConditionForm:
    fact = str(plain.get("fact", plain.get("age_of", "")))
    if "one_of" in plain:
        values = plain["one_of"]
        return ConditionForm("fact", fact, "one_of", tuple(map(str, values)) if isinstance(values, list) else ())
    for bound in (*COUNTED, *DATED):
        value = plain.get(bound)
        if isinstance(value, dict):
            unit, amount = next(iter(value.items()), ("months", ""))
            return ConditionForm("fact", fact, f"age_{bound}", amount=shown(amount), unit=unit)
        if bound in plain:
            return ConditionForm("fact", fact, bound, amount=shown(value))
    chosen = plain.get("is", "")
    return ConditionForm("fact", fact, "is", (shown(chosen),) if chosen != "" else ())


def shown(value: Plain) -> str:
    """Give a value as an input shows it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def number_of(text: str) -> Plain:
    """Read a number; what is none is kept as it was typed, to be told about."""
    plain = text.removesuffix("元").replace("，", "").replace(",", "").strip()
    try:
        return int(plain) if plain.lstrip("-").isdecimal() else float(plain)
    except ValueError:
        return text


def day_of(text: str) -> Plain:
    """Read a day; what is none is kept as it was typed."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _answer(text: str) -> Plain:
    return {"true": True, "false": False}.get(text, text)


def _count(posted: Posted, at: str) -> int:
    given = (posted.get(f"{at}.n") or ["0"])[0]
    return min(int(given), 500) if given.isdecimal() else 0


# --- what the buttons of a form do -----------------------------------------------------------------------------------


def at_path(content: Plain, path: Sequence[str]) -> Plain:
    """Give what stands at a path of names and numbers; None where nothing does."""
    for step in path:
        if isinstance(content, list) and step.isdecimal() and int(step) < len(content):
            content = content[int(step)]
        elif isinstance(content, dict):
            content = content.get(step)
        else:
            return None
    return content


def with_part(content: Plain, path: Sequence[str], part: Plain) -> Plain:
    """Give the content with another part at a path."""
    if not path:
        return part
    step, rest = path[0], path[1:]
    if step.isdecimal():
        rows = list(content) if isinstance(content, list) else []
        if int(step) >= len(rows):
            rows.append({})
        rows[min(int(step), len(rows) - 1)] = with_part(rows[min(int(step), len(rows) - 1)], rest, part)
        return rows
    made = dict(content) if isinstance(content, dict) else {}
    made[step] = with_part(made.get(step), rest, part)
    return made


def add_to(content: Plain, path: Sequence[str], entry: Plain) -> Plain:
    """Give the content with one more entry in the list at a path."""
    rows = at_path(content, path)
    return with_part(content, path, [*(rows if isinstance(rows, list) else []), entry])


def remove_at(content: Plain, path: Sequence[str]) -> Plain:
    """Give the content without the entry at a path."""
    rows = at_path(content, path[:-1])
    if isinstance(rows, list) and path[-1].isdecimal():
        return with_part(content, path[:-1], [one for i, one in enumerate(rows) if i != int(path[-1])])
    if isinstance(rows, dict):
        return with_part(content, path[:-1], {key: value for key, value in rows.items() if key != path[-1]})
    return content


def move_up(content: Plain, path: Sequence[str]) -> Plain:
    """Give the content with the entry at a path one place earlier."""
    rows, i = at_path(content, path[:-1]), int(path[-1])
    if not isinstance(rows, list) or not 0 < i < len(rows):
        return content
    rows = list(rows)
    rows[i - 1], rows[i] = rows[i], rows[i - 1]
    return with_part(content, path[:-1], rows)
