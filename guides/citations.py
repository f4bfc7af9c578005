"""Every citation written inside a guide or a part of one."""

from __future__ import annotations

from collections.abc import Iterator

from guides.condition import Value
from guides.model import Citation


def citations_of(value: object) -> Iterator[Citation]:
    """Give each citation inside a value, in the order of the file, as often as it is written."""
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            yield from citations_of(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from citations_of(part)
