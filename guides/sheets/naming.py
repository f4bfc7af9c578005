"""What a guide's parts are called, read off its content, so that cells can use words instead of ids."""

from __future__ import annotations

from collections.abc import Mapping

from guides.notation import Glossary, Naming
from guides.sheets.plan import KEYS
from guides.yaml_source import Plain


def naming_of(content: Mapping[str, Plain]) -> Naming:
    """Give the names of facts, options, conditions and routes; content that is not yet a guide will do."""
    asked = {key: label for key, (label, _) in _asked(content).items()}
    return Naming(
        facts=Glossary(asked),
        options={fact: Glossary(options) for fact, (_, options) in _asked(content).items()},
        conditions=_glossary(content, "conditions", "name", "say"),
        routes=_glossary(content, "routes", "id", "title"),
    )


def parents_of(content: Mapping[str, Plain], part: str) -> Glossary:
    """Give the names of the entries that have parts of their own."""
    if part == "questions":
        return Glossary({str(q.get("fact")): _called(q) for q in entries(content, part)})
    label = {"materials": "name", "derived": "label"}[part]
    return _glossary(content, part, KEYS[part], label)


def entries(content: Mapping[str, Plain], part: str) -> list[dict[str, Plain]]:
    """Give the entries of one list."""
    found = content.get(part)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _glossary(content: Mapping[str, Plain], part: str, key: str, label: str) -> Glossary:
    return Glossary({str(one.get(key)): str(one.get(label, "")) for one in entries(content, part)})


def _asked(content: Mapping[str, Plain]) -> dict[str, tuple[str, dict[str, str]]]:
    asked = {
        str(one.get("fact")): (_called(one), {str(o.get("value")): str(o.get("label", "")) for o in _options(one)})
        for one in entries(content, "questions")
    }
    return asked | {str(one.get("fact")): (str(one.get("label", "")), {}) for one in entries(content, "derived")}


def _options(question: Mapping[str, Plain]) -> list[dict[str, Plain]]:
    return entries(question, "options")


def _called(question: Mapping[str, Plain]) -> str:
    return str(question.get("short") or str(question.get("ask", "")).rstrip("？?"))
