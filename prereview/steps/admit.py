"""Admit: what may be handed in at all, and how much of it."""

from __future__ import annotations

import hashlib

from ingestion.model import Limits
from prereview.model import FileProblem

LIMITS = Limits(
    max_bytes=20 * 1024 * 1024,
    max_pages=20,
    accept=frozenset({"image/jpeg", "image/png", "image/webp", "image/tiff", "image/bmp", "application/pdf"}),
)
"""Photographs, scans and PDF; 20 pages hold the longest paper of a citizen's matter. Pixels as in `Limits`."""
MAX_FILES = 40
"""Files of one submission."""


def digest(content: bytes) -> str:
    """Give the sha256 of the bytes."""
    return hashlib.sha256(content).hexdigest()


def refuse(content: bytes, files_before: int = 0) -> FileProblem | None:
    """Say why a file cannot be taken before anyone looks into it; None when it can."""
    if not content:
        return FileProblem("empty", "这个文件是空的，请重新选择或重新拍一张。", certain=True)
    if len(content) > LIMITS.max_bytes:
        size = LIMITS.max_bytes // (1024 * 1024)
        return FileProblem("too_large", f"文件超过 {size} MB，请压缩后再传，或者分成几个文件。", certain=True)
    if files_before >= MAX_FILES:
        return FileProblem("too_many_files", f"一次最多传 {MAX_FILES} 个文件，请先删掉用不着的。", certain=True)
    return None
