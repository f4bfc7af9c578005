"""The checks, one per file, in the order a reader would make them. A check only finds; it changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from prereview.case import Case
from prereview.checks.complete_sides import complete_sides
from prereview.checks.dates_in_order import dates_in_order
from prereview.checks.duplicate import duplicate
from prereview.checks.fact_conflict import fact_conflict
from prereview.checks.filled import filled
from prereview.checks.id_checksum import id_checksum
from prereview.checks.in_date import in_date
from prereview.checks.legible import legible
from prereview.checks.names_consistent import names_consistent
from prereview.checks.not_needed import not_needed
from prereview.checks.numbers_consistent import numbers_consistent
from prereview.checks.present import present
from prereview.checks.right_document import right_document
from prereview.checks.same_person import same_person
from prereview.checks.signed import signed
from prereview.model import Check, Finding

CheckBody = Callable[[Case], Iterable[Finding]]

CHECKS: Mapping[Check, CheckBody] = {
    Check.PRESENT: present,
    Check.RIGHT_DOCUMENT: right_document,
    Check.LEGIBLE: legible,
    Check.COMPLETE_SIDES: complete_sides,
    Check.IN_DATE: in_date,
    Check.ID_CHECKSUM: id_checksum,
    Check.NAMES_CONSISTENT: names_consistent,
    Check.NUMBERS_CONSISTENT: numbers_consistent,
    Check.SAME_PERSON: same_person,
    Check.DATES_IN_ORDER: dates_in_order,
    Check.SIGNED: signed,
    Check.FILLED: filled,
    Check.FACT_CONFLICT: fact_conflict,
    Check.NOT_NEEDED: not_needed,
    Check.DUPLICATE: duplicate,
}
"""Every check by its name; a guide's corrections name these."""
