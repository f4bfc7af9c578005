"""Hundreds of broken files, made from good ones: each is read or refused with a remedy, and none takes long."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import docx
import pytest

from ingestion.adapters.cutting import cut_long
from ingestion.adapters.readers import Readers
from ingestion.model import Limits, TextLine
from ingestion.ports import DocumentInvalid
from ingestion.steps.split import About, split
from tests.ingestion.conftest import picture_of

ROUNDS = 200
"""Files per kind, seven kinds."""
PICTURES = ("JPEG", "PNG", "TIFF", "WEBP", "GIF", "BMP")


class BlindEngine:
    """An OCR engine that sees nothing: what is tried here is the opening and parsing of files."""

    def read(self, image: bytes) -> tuple[TextLine, ...]:
        assert image.startswith(b"\xff\xd8\xff")
        return ()


def good_files(kind: str, data: Path) -> list[bytes]:
    if kind in ("pdf", "ofd"):
        found = [path.read_bytes() for path in sorted((data / kind).rglob(f"*.{kind}"))]
        return [content for content in found if len(content) < 60_000]
    if kind == "docx":
        made = docx.Document()
        made.add_heading("条件", level=1)
        made.add_paragraph("甲" * 80)
        made.add_table(2, 2).cell(0, 0).text = "材料"
        out = io.BytesIO()
        made.save(out)
        return [out.getvalue()]
    if kind == "portal":
        return [(data / "official_guides" / "newborn.json").read_bytes()]
    if kind == "html":
        return [b"<html><head><title>a</title></head><body><h1>b</h1><p>c</p><table><tr><td>d</table></body></html>"]
    if kind == "text":
        return ["# 条例\n\n第一条 甲\n\n（一）乙\n\n第二条 丙".encode()]
    pictures = []
    for form in PICTURES:
        out = io.BytesIO()
        picture_of(["甲"], size=(200, 120)).save(out, format=form)
        pictures.append(out.getvalue())
    return pictures


def broken(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice((1, 3, 10, 40))):
        if not made:
            break
        place, way = chance.randrange(len(made)), chance.random()
        if way < 0.5:
            made[place] = chance.randrange(256)
        elif way < 0.65:
            del made[place : place + chance.randrange(1, 200)]
        elif way < 0.8:
            made[place:place] = chance.randbytes(chance.randrange(1, 20))
        elif way < 0.9:
            other = chance.randrange(len(made))
            made[place:place] = made[other : other + chance.randrange(1, 300)]
        else:
            del made[place:]
    return bytes(made)


def broken_inside(content: bytes, chance: random.Random) -> bytes:
    """A container whose directory is right and one of whose members is not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as good, zipfile.ZipFile(out, "w") as bad:
        chosen = chance.choice(good.namelist())
        for name in good.namelist():
            bad.writestr(name, broken(good.read(name), chance) if name == chosen else good.read(name))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["pdf", "ofd", "docx", "portal", "html", "text", "picture"])
def test_broken_files_are_read_or_refused(kind: str, shared_data: Path) -> None:
    readers = Readers(BlindEngine())
    chance = random.Random(f"{kind} 2026")  # noqa: S311  (the same files every time)
    seeds = good_files(kind, shared_data)
    refused = 0
    for _ in range(ROUNDS):
        seed = chance.choice(seeds)
        inside = seed.startswith(b"PK") and chance.random() < 0.7
        content = broken_inside(seed, chance) if inside else broken(seed, chance)
        try:
            document = readers.read(content, "文件", Limits(max_side=600))
        except DocumentInvalid as refusal:
            refused += 1
            assert refusal.remedy.endswith("。"), refusal.reason  # noqa: PT017  (most of them are read; both are right)
            continue
        split(document, About("file:x", document.title), cut_long)
    assert refused < ROUNDS or kind == "portal"
