"""Open an OFD container: members by the paths documents write, read within limits, parsed without surprises."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from ingestion.model import Limits
from ingestion.ports import DocumentInvalid

BROKEN = DocumentInvalid("truncated", "这个 OFD 文件不完整，打不开，请重新下载，或用阅读器另存为 PDF 再传。")
_MEMBER_SHARE = 0.5
"""No single member may unpack to more than this share of what the whole file may."""


class OfdPackage:
    """The members of an OFD file; XML comes as elements whose tags are read without their namespace."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as broken:
            raise BROKEN from broken
        if len(members) > limits.max_members or sum(member.file_size for member in members) > limits.max_unpacked:
            raise DocumentInvalid("bomb", "这个文件解开后过大，无法读取，请另存为 PDF 再传。")
        self._most = int(limits.max_unpacked * _MEMBER_SHARE)
        self._names = {_plain(member.filename): member.filename for member in members}

    def find(self, path: str, base: str = "") -> str | None:
        """Give the member a path means, seen from the folder of `base`; None when there is none."""
        seen = path.replace("\\", "/")
        whole = seen if seen.startswith("/") else posixpath.join(posixpath.dirname(base), seen)
        return self._names.get(_plain(whole)) or self._names.get(_plain(seen))

    def read(self, member: str) -> bytes:
        """Unpack one member. Raises DocumentInvalid: truncated, bomb."""
        try:
            with self._zip.open(member) as stream:
                content = stream.read(self._most + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as broken:
            raise BROKEN from broken
        if len(content) > self._most:
            raise DocumentInvalid("bomb", "这个文件解开后过大，无法读取，请另存为 PDF 再传。")
        return content

    def xml(self, member: str) -> etree._Element:
        """Parse one member; entities are not expanded, nothing is fetched. Raises DocumentInvalid: truncated."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.read(member), parser)
        except (etree.LxmlError, ValueError) as broken:
            raise BROKEN from broken


def tag(element: etree._Element) -> str:
    """Give the name of an element without its namespace: some writers leave the standard's out."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Give the direct children of these names, in order."""
    return (child for child in element if tag(child) in names)


def below(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Give all descendants of a name, in document order."""
    return (one for one in element.iter() if tag(one) == name)


def first_text(element: etree._Element, name: str) -> str:
    """Give the words of the first descendant of a name; "" when there is none."""
    found = next(below(element, name), None)
    return (found.text or "").strip() if found is not None else ""


def _plain(path: str) -> str:
    return posixpath.normpath("/" + path.replace("\\", "/").lstrip("/")).lstrip("/").lower()
