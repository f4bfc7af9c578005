"""Read a portal guide from its file: a document of labelled entries, with the account of every leaf."""

from __future__ import annotations

import hashlib

from ingestion.adapters.raw_file import RawFile, within
from ingestion.adapters.sniff import JSON, decode
from ingestion.model import Document, Limits, PortalImport
from ingestion.portal import PortalReading, read_portal
from ingestion.portal_guide import understand_portal
from ingestion.portal_model import PortalGuide
from ingestion.ports import OcrEngine


def read_portal_json(file: RawFile, _ocr: OcrEngine, limits: Limits) -> Document:
    """Read a portal guide as a document: one block per material, condition, matter, question and place.

    Raises DocumentInvalid: unreadable_text, not_a_guide, too_large.
    """
    return _document(file, read_portal(within(decode(file.content), limits)))


class PortalJson:
    """The structured guide of a portal, with the account of every leaf."""

    def read_guide(self, content: bytes, name: str) -> tuple[Document, PortalImport]:
        """Read one guide. Raises DocumentInvalid: unreadable_text, not_a_guide, too_large."""
        reading = read_portal(within(decode(content), Limits()))
        file = RawFile(content, name, JSON, hashlib.sha256(content).hexdigest())
        account = PortalImport(
            leaves=len(reading.used) + len(reading.ignored) + len(reading.unplaced),
            used=len(reading.used),
            ignored=tuple(reading.ignored),
            unplaced=tuple(reading.unplaced),
        )
        return _document(file, reading), account

    def understand(self, content: bytes) -> PortalGuide:
        """Give one guide as values. Raises DocumentInvalid: unreadable_text, not_a_guide, error_reply, too_large."""
        return understand_portal(within(decode(content), Limits()))


def _document(file: RawFile, reading: PortalReading) -> Document:
    told = (("kind", "portal"), ("region", reading.region), ("area", reading.area), ("code", reading.code))
    return file.document(blocks=reading.blocks, title=reading.title, metadata=told)
