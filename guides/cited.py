"""What a guide rests on: sources, how far each was read, and one place in one of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from guides.condition import Value


class Verification(StrEnum):
    """How far a fact was checked; only READ counts as supported."""

    READ = "read"
    """核: the source itself (or its official structured form) was read."""
    RECALLED = "recalled"
    """记: common knowledge of the law, its text not read by us."""
    INFERRED = "inferred"
    """推: concluded by us from structure or practice."""


class SourceKind(StrEnum):
    """What sort of text a source is; laws outrank notices, notices outrank guides."""

    LAW = "law"
    REGULATION = "regulation"
    LOCAL_REGULATION = "local_regulation"
    NOTICE = "notice"
    OFFICIAL_GUIDE = "official_guide"
    STANDARD = "standard"
    REPRINT = "reprint"


class HeldText(Value):
    """Where the archive finds the source's own text: a law by title (and date), or a portal guide by its code."""

    kind: str = Field(pattern="^(law|portal_json|file|item)$")
    key: str
    """Title of the law as promulgated, code of the portal guide (43PCN0009225J0100) or single item, or a file name."""
    edition: str = ""
    """Date of the edition for a law, e.g. "2018-12-29"."""


class Source(Value):
    """A law, notice, official guide or page that we cite; written once under `sources/`."""

    id: str = Field(pattern="^[a-z0-9_]+$")
    title: str
    issuer: str
    document_no: str = ""
    kind: SourceKind
    published: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    url: str = Field(default="", pattern="^(https?://.*)?$")
    region: str = ""
    """Administrative code; "" for the whole country."""
    verification: Verification
    retrieved: date | None = None
    """Day on which the text was read."""
    note: str = ""
    held: HeldText | None = None


class Citation(Value):
    """One place in one source.

    `locator` is a clause as lawyers write it ("第五十四条") for laws, or `section/entry` for a portal guide:
    `materialList/<clmc>`, `guideCondition/<n>` (1-based, in the order of pxh), `questionInfo/<problem>`,
    `approveList/<lbsxfwmc>`, `guidePoint/<bldmc>`, `basicInfo/<key>`, `onethingCatalogStandServiceGuide/<key>`.
    `verification` can only weaken the source's own mark.
    """

    source: str
    locator: str
    verification: Verification | None = None
