"""Elements of GB/T 39554.2 that need no rule of ours: kept as cited sentences; the table says where each element is."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Self

import yaml
from pydantic import Field, model_validator

from guides.cited import Citation
from guides.condition import Value


class ElementKind(StrEnum):
    """Which element of the standard a sentence fills."""

    BASIC_CODE = "basic_code"
    MATTER_TYPE = "matter_type"
    AGENCY_NATURE = "agency_nature"
    ENTRUSTED = "entrusted"
    POWERS = "powers"
    DIVISION = "division"
    SUBJECT = "subject"
    HANDLING_TYPE = "handling_type"
    INTERMEDIARY = "intermediary"
    SPECIAL_PROCEDURE = "special_procedure"
    RESULT_SAMPLE = "result_sample"
    ONLINE_DEPTH = "online_depth"
    VISITS = "visits"
    IN_PERSON_REASON = "in_person_reason"
    BOOKING = "booking"
    PAYMENT = "payment"
    DELIVERY = "delivery"
    SELF_SERVICE = "self_service"
    SCOPE = "scope"
    QUOTA = "quota"
    FORM_SAMPLE = "form_sample"


class GuideElement(Value):
    """One element of the standard as a sentence, with its source."""

    kind: ElementKind
    text: str
    citation: Citation


class MappedElement(Value):
    """Where one element of the standard stands in our files and in CPSV-AP; `reason` where either has no place."""

    element: str
    ours: tuple[str, ...] = ()
    """`Model.field`, the first the chief one."""
    kind: ElementKind | None = None
    cpsv: str = ""
    reason: str = ""

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if not (self.ours or self.kind):
            raise ValueError(f"{self.element}：要么写 ours，要么写 kind")
        if not (self.cpsv or self.reason):
            raise ValueError(f"{self.element}：没有 cpsv 的要写 reason")
        return self


class _Table(Value):
    elements: tuple[MappedElement, ...] = Field(min_length=1)


@cache
def standard_elements() -> tuple[MappedElement, ...]:
    """Give every element of the standard with its place."""
    text = (Path(__file__).parent / "elements.zh.yaml").read_text(encoding="utf-8")
    return _Table.model_validate(yaml.safe_load(text)).elements
