"""Keep originals on disk under their sha256: written once, whole or not at all, never changed."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from ingestion.ports import SourceUnavailable

_DIGEST = re.compile(r"^[0-9a-f]{64}$")


class DiskArchive:
    """Immutable bytes by digest, in folders of the first two digits."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep the bytes and give their sha256; a half-written file is never seen under its digest."""
        digest = hashlib.sha256(content).hexdigest()
        target = self._path(digest)
        if target.exists():
            return digest
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=target.parent, prefix=".draft-")
            try:
                with os.fdopen(handle, "wb") as out:
                    out.write(content)
                    out.flush()
                    os.fsync(out.fileno())
                Path(draft).chmod(0o440)
                Path(draft).replace(target)
            finally:
                Path(draft).unlink(missing_ok=True)
        except OSError as broken:
            raise SourceUnavailable(f"the source archive cannot be written: {broken}") from broken
        return digest

    def get(self, digest: str) -> bytes:
        """Give the bytes back. Raises SourceUnavailable when they are not held or no longer what they were."""
        if not _DIGEST.match(digest):
            raise SourceUnavailable(f"not a digest: {digest!r}")
        try:
            content = self._path(digest).read_bytes()
        except OSError as missing:
            raise SourceUnavailable(f"the archive holds no {digest}") from missing
        if hashlib.sha256(content).hexdigest() != digest:
            raise SourceUnavailable(f"the archived file {digest} has been changed on disk")
        return content

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest
