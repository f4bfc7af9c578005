"""Read what pypdf knows of a PDF: whether it is locked, its metadata, and the values filled into its form."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from ingestion.adapters.faults import PARSER_FAULTS

_FAULTS: tuple[type[Exception], ...] = (PyPdfError, *PARSER_FAULTS)
"""pypdf only adds form values and metadata: the pages are read by pypdfium2 all the same, so none of these refuses."""
_DEPTH = 20
logging.getLogger("pypdf").setLevel(logging.ERROR)  # it narrates every oddity of a file, with pieces of its content

Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Widget:
    """A form field as it stands on a page: `rect` is left, bottom, right, top in PDF points, `page` counts from 0."""

    name: str
    value: str
    page: int
    rect: Rect


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What pypdf found; everything empty where it could not parse the file."""

    locked: bool = False
    title: str = ""
    metadata: tuple[tuple[str, str], ...] = ()
    widgets: tuple[Widget, ...] = ()


def read_form(content: bytes) -> FilledForm:
    """Read lock, metadata and filled fields; a file pypdf cannot parse gives an empty form."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return FilledForm(locked=True)
        metadata = _metadata(reader)
        title = dict(metadata).get("Title", "")
        return FilledForm(False, title, metadata, _widgets(reader))
    except _FAULTS:
        return FilledForm()


def _metadata(reader: PdfReader) -> tuple[tuple[str, str], ...]:
    if reader.metadata is None:
        return ()
    return tuple((str(key).lstrip("/"), str(value)) for key, value in reader.metadata.items() if str(value).strip())


def _widgets(reader: PdfReader) -> tuple[Widget, ...]:
    widgets: list[Widget] = []
    for number, page in enumerate(reader.pages):
        annotations = _resolved(page.get("/Annots"))
        if not isinstance(annotations, ArrayObject):
            continue
        for reference in annotations:
            annotation = _resolved(reference)
            if isinstance(annotation, DictionaryObject) and annotation.get("/Subtype") == "/Widget":
                widget = _widget(annotation, number)
                if widget is not None:
                    widgets.append(widget)
    return tuple(widgets)


def _widget(annotation: DictionaryObject, page: int) -> Widget | None:
    rect = _resolved(annotation.get("/Rect"))
    if not isinstance(rect, ArrayObject) or len(rect) != 4:
        return None
    x0, y0, x1, y1 = (float(str(side)) for side in rect)
    value = _resolved(_inherited(annotation, "/V"))
    text = value.lstrip("/") if isinstance(value, NameObject) else value if isinstance(value, str) else ""
    return Widget(_full_name(annotation), text, page, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _resolved(value: object) -> object:
    get_object = getattr(value, "get_object", None)
    return get_object() if callable(get_object) else value


def _ancestry(annotation: DictionaryObject) -> list[DictionaryObject]:
    """Give the annotation and its parents; a loop of parents ends at a fixed depth."""
    chain = [annotation]
    while len(chain) < _DEPTH:
        parent = _resolved(chain[-1].get("/Parent"))
        if not isinstance(parent, DictionaryObject):
            break
        chain.append(parent)
    return chain


def _inherited(annotation: DictionaryObject, key: str) -> object:
    return next((node[key] for node in _ancestry(annotation) if key in node), None)


def _full_name(annotation: DictionaryObject) -> str:
    parts = [str(node["/T"]) for node in _ancestry(annotation) if "/T" in node]
    return ".".join(reversed(parts))
