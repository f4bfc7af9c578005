"""A small guide that shows every kind of condition, for tests of the engine."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import cast

import yaml

from guides.model import Guide, Source, SourceKind, Verification

ON = date(2026, 11, 22)

SOURCES = {
    "rule": Source(
        id="rule", title="样例规定", issuer="样例机关", kind=SourceKind.NOTICE, verification=Verification.READ
    ),
    "hearsay": Source(
        id="hearsay", title="听说", issuer="某处", kind=SourceKind.REPRINT, verification=Verification.RECALLED
    ),
}

TEXT = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")

Tree = dict[str, "Branch"]
Branch = str | bool | float | date | list["Branch"] | Tree | None


def tree() -> Tree:
    """Give the guide as plain data, to be changed by a test."""
    return cast("Tree", copy.deepcopy(yaml.safe_load(TEXT)))


def small() -> Guide:
    """Give the guide."""
    return Guide.model_validate(tree())


def rule(guide: Tree, material: int, number: int) -> Tree:
    """Give one rule of one material, to be changed."""
    materials = cast("list[Tree]", guide["materials"])
    return cast("list[Tree]", materials[material]["rules"])[number]


def part(guide: Tree, name: str, number: int) -> Tree:
    """Give one entry of one list, to be changed."""
    return cast("list[Tree]", guide[name])[number]
