"""A cited place with everything known of it: the source, its own words where they are held, whether it changed."""

from __future__ import annotations

from datetime import date
from typing import Literal

from assistant.ports import SourceText
from assistant.views import CitationView
from guides.condition import Value
from guides.model import Source

Change = Literal["same", "changed", "gone"]


class PlaceView(Value):
    """One place in one source. `text` is "" where the source is not held; `changed` is None outside a trace."""

    source: str
    title: str
    issuer: str
    document_no: str
    published: date | None
    effective_from: date | None
    effective_to: date | None
    url: str
    locator: str
    verification: str
    text: str
    changed: Change | None = None


def place_view(cited: CitationView, source: Source | None, held: SourceText | None, change: Change | None) -> PlaceView:
    """Give the place; a source that is no longer registered keeps what the answer said of it."""
    return PlaceView(
        source=cited.source,
        title=cited.title,
        issuer=source.issuer if source else "",
        document_no=cited.document_no,
        published=source.published if source else None,
        effective_from=source.effective_from if source else None,
        effective_to=source.effective_to if source else None,
        url=cited.url,
        locator=cited.locator,
        verification=cited.verification,
        text=held.text if held else "",
        changed=change,
    )
