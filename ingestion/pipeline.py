"""The table of contents of ingestion: read a file, keep its original, split it, index it, open it at a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from guides.draft import Draft
from guides.model import Region
from ingestion.items import BadLine, HeldItem, source_of
from ingestion.model import (
    Document,
    HeldSource,
    IngestReport,
    Limits,
    OpenedSource,
    Passage,
    PortalImport,
    Refused,
)
from ingestion.ports import (
    Cut,
    DocumentInvalid,
    FileReader,
    ItemCollection,
    LawCollection,
    Library,
    PortalReader,
    Progress,
    SourceArchive,
)
from ingestion.steps.in_force import InForce, in_force
from ingestion.steps.item_passages import KIND as ITEM
from ingestion.steps.item_passages import item_passages, words_at
from ingestion.steps.item_regions import region_finder
from ingestion.steps.locate import find_clause, names_law
from ingestion.steps.propose import propose
from ingestion.steps.propose_item import item_source, propose_item
from ingestion.steps.split import About, split, split_law

LAW, PORTAL, FILE = "law", "portal", "file"
"""Kinds of sources this room brings in; guides bring passages of their own."""


def read_document(content: bytes, name: str, reader: FileReader, limits: Limits) -> Document:
    """Read a file by its true type: text layers as written, scans and photographs by OCR.

    Raises DocumentInvalid (reason, Chinese remedy) for what is empty, encrypted, truncated, oversized, renamed,
    bomb-like or of a kind that has no reader. The name is only shown and checked, never trusted.
    """
    return reader.read(content, name, limits)


def ingest(
    paths: Sequence[Path],
    reader: FileReader,
    archive: SourceArchive,
    library: Library,
    cut: Cut,
    *,
    region: str = "",
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Take files (and all files in folders) into the archive and the library; what cannot be read is reported.

    `region` is the administrative code they hold in, "" for the whole country. A file is replaced by its name.
    """
    spend = limits or Limits(keep_images=False, max_pages=2000)
    found = list(_files(paths))
    documents: dict[str, tuple[Passage, ...]] = {}
    refused: list[Refused] = []
    for number, (path, name) in enumerate(found, 1):
        try:
            passages = _file_passages(path, name, reader, archive, cut, region, spend)
            documents[f"{FILE}:{name}"] = passages
        except DocumentInvalid as why:
            refused.append(Refused(name, why.reason, why.remedy))
        if progress is not None:
            progress(number, len(found))
    replaced, unchanged = library.replace_many(documents.items())
    return IngestReport(replaced, unchanged, sum(map(len, documents.values())), tuple(refused))


def ingest_laws(
    content: bytes,
    collection: LawCollection,
    archive: SourceArchive,
    library: Library,
    cut: Cut,
    progress: Progress | None = None,
) -> IngestReport:
    """Take a collection of laws into the archive and the library, article by article, each version with its days.

    Raises DocumentInvalid when the file is not a collection of laws; then nothing is changed.
    """
    laws = list(in_force(collection.laws(content)))
    documents = {dated.law.source: _law_passages(dated, archive, cut) for dated in laws}
    replaced, unchanged = library.replace_many(documents.items(), progress)
    empty = tuple(source for source, passages in documents.items() if not passages)
    count = sum(map(len, documents.values()))
    return IngestReport(replaced, unchanged - len(empty), count, without_text=empty)


def import_portal_guide(
    content: bytes,
    name: str,
    portal: PortalReader,
    archive: SourceArchive,
    library: Library,
    cut: Cut,
    *,
    dry_run: bool = False,
) -> PortalImport:
    """Take a portal's structured guide into the archive and the library, and account for every value in it.

    used + ignored + unplaced = the non-empty leaves. A dry run only accounts. Raises DocumentInvalid.
    """
    document, account = portal.read_guide(content, name)
    told = dict(document.metadata)
    source = f"{PORTAL}:{told['code'] or document.digest[:16]}"
    area = told["area"]
    about = About(
        source=source,
        title=f"{document.title}（{area}）办事指南" if area else f"{document.title}办事指南",
        region=told["region"],
        kind=PORTAL,
        digest=document.digest,
    )
    passages = split(document, about, cut)
    if not dry_run:
        archive.put(content)
        library.replace(source, passages)
    return replace(account, source=source, passages=len(passages))


def ingest_items(
    content: bytes,
    collection: ItemCollection,
    archive: SourceArchive,
    library: Library,
    cut: Cut,
    regions: Sequence[Region],
    *,
    as_of: date | None = None,
) -> IngestReport:
    """Take a list of single items into the archive and the library, each item a document of its own, whole or not.

    `as_of` is the day the list speaks for, None where nobody knows. A line that is no item is reported by number and
    leaves the others as they are. Raises DocumentInvalid when the file is no such list.
    """
    documents: dict[str, tuple[Passage, ...]] = {}
    refused: list[Refused] = []
    for read in collection.items(content, region_finder(regions)):
        if isinstance(read, BadLine):
            refused.append(Refused(f"第 {read.number} 行", read.reason, read.remedy))
        else:
            digest = archive.put(read.content)
            documents[source_of(read.item.code)] = item_passages(read.item, digest, cut, as_of=as_of)
    replaced, unchanged = library.replace_many(documents.items())
    return IngestReport(replaced, unchanged, sum(map(len, documents.values())), tuple(refused))


def open_item(
    code: str, collection: ItemCollection, archive: SourceArchive, library: Library, regions: Sequence[Region]
) -> HeldItem | None:
    """Give an item the library holds, with the day it speaks for; None for one it does not hold.

    Raises SourceUnavailable when the archive has lost it.
    """
    passages = library.passages(source_of(code))
    if not passages:
        return None
    item = collection.item(archive.get(passages[0].digest), region_finder(regions))
    as_of = passages[0].valid_from
    return HeldItem(item, as_of, item_source(item, as_of))


def draft_item(held: HeldItem, *, on: date) -> Draft:
    """Turn a single item into a draft of a guided one, for an editor; it is never served as it is."""
    return propose_item(held.item, on, held.as_of)


def draft_portal_guide(content: bytes, portal: PortalReader, *, on: date) -> Draft:
    """Turn a portal's structured guide, as read on a day, into a draft for an editor; raises DocumentInvalid.

    A draft proposes and quotes; it is never served.
    """
    return propose(portal.understand(content), on)


def index_passages(
    library: Library, passages: Iterable[Passage], *, kind: str = "", progress: Progress | None = None
) -> tuple[int, int]:
    """Index passages made elsewhere (our guides); give how many documents changed and how many stayed.

    With `kind`, sources of that kind which bring no passages any more are removed in the same step.
    """
    documents: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        documents[passage.source].append(passage)
    if kind:
        for held in library.held():
            if held.kind == kind:
                documents.setdefault(held.source, [])
    return library.replace_many(documents.items(), progress)


def open_citation(
    library: Library,
    archive: SourceArchive,
    *,
    kind: str,
    key: str,
    locator: str,
    edition: str = "",
    on: date | None = None,
) -> OpenedSource | None:
    """Open a cited source at its place, as a source of the guides says where it is held.

    `kind` and `key` are law and its title, portal_json and its code, or file and its name. Of several versions of a law
    the cited edition (date of publication) is opened, else the one in force on the day, else the nearest that has the
    place. None where nothing is held or nothing stands there.
    Raises SourceUnavailable when the archive has lost what the library says it holds.
    """
    named = [held for held in library.held() if _is_named(held, kind, key, edition)]
    for held in sorted(named, key=lambda one: _nearness(one, on)):
        opened = _opened_at(held, locator, library, archive)
        if opened is not None:
            return opened
    return None


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file() and not any(part.startswith(".") for part in inner.relative_to(path).parts):
                    yield inner, f"{path.name}/{inner.relative_to(path).as_posix()}"
        else:
            yield path, path.name


def _file_passages(
    path: Path, name: str, reader: FileReader, archive: SourceArchive, cut: Cut, region: str, limits: Limits
) -> tuple[Passage, ...]:
    try:
        content = path.read_bytes()
    except OSError as missing:
        raise DocumentInvalid("missing", "找不到或打不开这个文件，请检查路径。") from missing
    document = reader.read(content, path.name, limits)
    about = About(f"{FILE}:{name}", document.title, region, kind=FILE, digest=document.digest)
    passages = split(document, about, cut)
    if not passages:
        raise DocumentInvalid("no_text", "这个文件里没有读到文字，请检查内容或换一份清楚的。")
    archive.put(content)
    return passages


def _law_passages(dated: InForce, archive: SourceArchive, cut: Cut) -> tuple[Passage, ...]:
    law = dated.law
    digest = archive.put(law.text.encode("utf-8"))
    about = About(law.source, law.title, law.region, dated.valid_from, dated.valid_to, LAW, digest)
    return split_law(law.text, about, cut)


def _is_named(held: HeldSource, kind: str, key: str, edition: str) -> bool:
    if kind == "law":
        return held.kind == LAW and names_law(key, held.title) and (not edition or held.source.endswith(f"@{edition}"))
    if kind == "portal_json":
        return held.source == f"{PORTAL}:{key}"
    if kind == ITEM:
        return held.source == source_of(key)
    return held.kind == FILE and held.source.rsplit("/", 1)[-1] in (key, f"{FILE}:{key}")


def _nearness(held: HeldSource, on: date | None) -> tuple[int, int, str]:
    """Order versions: those already in force on the day, newest first, then later ones."""
    start = held.valid_from.toordinal() if held.valid_from else 0
    later = on is not None and start > on.toordinal()
    return (1, start, held.source) if later else (0, -start, held.source)


def _opened_at(held: HeldSource, locator: str, library: Library, archive: SourceArchive) -> OpenedSource | None:
    if held.kind in (LAW, PORTAL):
        words = find_clause(archive.get(held.digest).decode("utf-8"), locator)
        return OpenedSource(held.source, held.title, held.digest, locator, words) if words else None
    if held.kind == ITEM:
        words = words_at(archive.get(held.digest), locator)
        return OpenedSource(held.source, held.title, held.digest, locator, words) if words else None
    pieces = [passage for passage in library.passages(held.source) if passage.locator == locator]
    if not pieces:
        words = find_clause("\n".join(passage.text for passage in library.passages(held.source)), locator)
        return OpenedSource(held.source, held.title, held.digest, locator, words) if words else None
    words = "\n".join(passage.text for passage in pieces)
    return OpenedSource(held.source, held.title, held.digest, locator, words, pieces[0].page, pieces[0].box)
