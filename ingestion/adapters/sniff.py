"""Say what a file truly is, from its bytes; the name is only checked against it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import PurePosixPath

import puremagic

from ingestion.model import Limits
from ingestion.ports import DocumentInvalid

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFD = "application/ofd"
HTML = "text/html"
TEXT = "text/plain"
JSON = "application/json"
JPEG, PNG, WEBP, TIFF, BMP, GIF = "image/jpeg", "image/png", "image/webp", "image/tiff", "image/bmp", "image/gif"

IMAGES = frozenset({JPEG, PNG, WEBP, TIFF, BMP, GIF})

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FAMILY_OF_EXTENSION = {
    **dict.fromkeys(("jpg", "jpeg", "jpe", "png", "webp", "tif", "tiff", "bmp", "gif", "heic"), "图片"),
    "pdf": "PDF",
    "docx": "Word 文档",
    "ofd": "OFD",
    "htm": "网页",
    "html": "网页",
    "json": "JSON",
}
_FAMILY_OF_TYPE = {PDF: "PDF", DOCX: "Word 文档", OFD: "OFD", HTML: "网页", TEXT: "纯文本", JSON: "JSON"}
_TEXT_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def sniff(content: bytes, name: str, limits: Limits) -> str:
    """Give the true media type of the bytes.

    Raises DocumentInvalid: empty, too_large, renamed, unsupported_type, bomb, truncated.
    """
    if not content.strip(b"\x00 \r\n\t"):
        raise DocumentInvalid("empty", "这个文件是空的，请重新选择或重新拍一张。")
    if len(content) > limits.max_bytes:
        size = limits.max_bytes // (1024 * 1024)
        raise DocumentInvalid("too_large", f"文件超过 {size} MB，请压缩后再传，或者分成几个文件。")
    media_type = _true_type(content, limits)
    _refuse_renamed(name, media_type)
    if limits.accept and media_type not in limits.accept:
        raise DocumentInvalid("unsupported_type", "这里请上传照片（JPG、PNG）或 PDF；其他格式请先另存为 PDF。")
    return media_type


def decode(content: bytes) -> str:
    """Decode text as UTF-8, else as GB 18030, the two encodings Chinese offices write.

    Raises DocumentInvalid: unreadable_text.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentInvalid("unreadable_text", "这个文本文件的编码认不出来，请另存为 UTF-8 再传。")


def _true_type(content: bytes, limits: Limits) -> str:
    if b"%PDF-" in content[:1024]:
        return PDF
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"BM") and content[6:10] == b"\0" * 4:
        return BMP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise DocumentInvalid("unsupported_type", "这是手机的 HEIC 照片，请在相册里另存为 JPG，或截图后再传。")
    if content.startswith(_OLE):
        raise DocumentInvalid("unsupported_type", "这是旧版 Office 文件（doc、xls），请另存为 PDF 或 docx 再传。")
    if content.startswith(b"PK\x03\x04"):
        return _zip_type(content, limits)
    return _text_type(content)


def _zip_type(content: bytes, limits: Limits) -> str:
    """Look inside a zip: OFD is told apart from DOCX by its entry file, and a bomb by its own directory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as broken:
        raise DocumentInvalid("truncated", "这个文件不完整，打不开，请重新导出或重新下载后再传。") from broken
    if len(members) > limits.max_members or sum(member.file_size for member in members) > limits.max_unpacked:
        raise DocumentInvalid("bomb", "这个文件解开后过大，无法读取，请导出为 PDF 再传。")
    names = {member.filename.lstrip("/") for member in members}
    if "OFD.xml" in names:
        return OFD
    if "word/document.xml" in names:
        return DOCX
    raise DocumentInvalid("unsupported_type", "压缩包和这类文件读不了，请直接上传照片或 PDF。")


def _text_type(content: bytes) -> str:
    head = content[:4096]
    if any(byte in _TEXT_CONTROLS for byte in head):
        raise DocumentInvalid("unsupported_type", f"{_guess(content)}读不了，请上传照片（JPG、PNG）或 PDF。")
    text = decode(content)
    start = text.lstrip()[:2000].lower()
    if start.startswith(("<!doctype html", "<html")) or ("<body" in start or "<head" in start):
        return HTML
    if start.startswith(("{", "[")):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return TEXT
        return JSON
    return TEXT


def _guess(content: bytes) -> str:
    """Name the foreign type for the person, where it has a name."""
    try:
        return f"这种文件（{puremagic.from_string(content)}）"
    except (puremagic.PureError, ValueError):
        return "这种文件"


def _refuse_renamed(name: str, media_type: str) -> None:
    """A picture under another picture's ending is harmless; a web page under .jpg is not what it says."""
    extension = PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")
    claimed = _FAMILY_OF_EXTENSION.get(extension)
    actual = "图片" if media_type in IMAGES else _FAMILY_OF_TYPE[media_type]
    if claimed is not None and claimed != actual:
        raise DocumentInvalid(
            "renamed", f"文件名说是{claimed}（.{extension}），内容却是{actual}。请传原来的文件，不要只改后缀。"
        )
