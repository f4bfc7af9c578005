"""The one place where ports are given their bodies."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from assistant.adapters.rules_reader import RulesFactReader
from assistant.adapters.rules_router import RulesRouter
from assistant.adapters.sql_conversations import SqlConversations
from assistant.adapters.sql_ledger import SqlLedger
from assistant.adapters.template_writer import TemplateWriter
from assistant.pipeline import Assistant
from assistant.pipeline import Desk as AnsweringDesk
from assistant.proving import Proving, proven
from channels.database.editorial import SqlEditorial
from channels.database.engine import open_engine
from channels.door.visits import KEPT, Visits
from channels.editing.desk import Desk as EditingDesk
from channels.editing.releasing import released
from channels.house import CHINA, HOME_REGION, House
from channels.intake import Desk
from channels.items import ItemShelf, with_items
from channels.papers import Papers
from channels.served import Served
from channels.settings import Settings
from channels.shelf import Shelf
from channels.worker import Worker
from guides.library import Library, load_library
from ingestion.adapters.cutting import cut_long
from ingestion.adapters.disk_archive import DiskArchive
from ingestion.adapters.docx_book import DocxBook
from ingestion.adapters.items_jsonl import ItemsJsonl
from ingestion.adapters.law_jsonl import LawJsonl
from ingestion.adapters.lexical_index import LexicalIndex
from ingestion.adapters.opening import open_index
from ingestion.adapters.portal_json import PortalJson
from ingestion.adapters.rapid_ocr import RapidOcrEngine
from ingestion.adapters.readers import Readers
from ingestion.adapters.xlsx_book import XlsxBook
from ingestion.ports import Library as Texts
from ingestion.ports import SheetBook, SourceArchive, SourceUnavailable
from prereview.adapters.disk_vault import KEY_BYTES, DiskVault
from prereview.adapters.page_eye import PageEye
from prereview.adapters.sql_submissions import SqlSubmissions
from prereview.adapters.worker_process import WorkerProcess
from prereview.desk import Desk as PaperDesk
from prereview.pipeline import Reading
from prereview.ports import PaperReader
from prereview.profiles import profiles

__all__ = [
    "CHINA",
    "HOME_REGION",
    "Desk",
    "House",
    "open_book",
    "open_desk",
    "open_editorial",
    "open_house",
    "open_items",
    "open_passages",
    "open_reader",
    "paper_reader",
]


def open_house(
    settings: Settings,
    *,
    clock: Callable[[], datetime] | None = None,
    ready: bool = True,
    proving: Proving = proven,
) -> House:
    """Put the house together from its settings; `clock` lets a test choose the moment.

    `proving` decides which words of a model are shown; who tests the proof passes another. With `ready` the guides
    are indexed where that is missing or stale; else the caller does so with `make_ready`.
    """
    home = settings.home
    index, archive = _texts(settings)
    library = with_items(load_library(), index, archive, ItemsJsonl())
    engine = open_engine(home / "bancheng.sqlite")
    editorial = SqlEditorial(engine)
    texts = Shelf(library.sources, index, archive, LexicalIndex(home / "index" / "lexical").version)
    conversations, ledger = SqlConversations(engine), SqlLedger(engine)
    desk = AnsweringDesk(
        library=library,
        index=index,
        texts=texts,
        router=RulesRouter(),
        reader=RulesFactReader(),
        writer=TemplateWriter(),
        conversations=conversations,
        ledger=ledger,
        keep_for=KEPT,
        proving=proving,
    )
    if settings.model_url:
        desk = _with_model(desk, settings)
    now = clock or (lambda: datetime.now(CHINA))
    reader = open_reader()
    visits, papers = Visits(home / "visits.sqlite"), _papers(settings, library, reader, now)

    def tell(laid: Library) -> None:
        papers.library = laid
        texts.restock(laid.sources)

    served = Served(
        library,
        lambda files, day: released(files, editorial, day),
        lambda laid: Assistant(replace(desk, library=laid)),
        index,
        tell,
    )

    def sweep() -> None:
        conversations.sweep(now())
        visits.sweep(now())
        papers.desk.sweep(now())

    house = House(
        settings=settings,
        served=served,
        editing=EditingDesk(editorial, served, now),
        index=index,
        archive=archive,
        texts=texts,
        conversations=conversations,
        ledger=ledger,
        papers=papers,
        worker=Worker(papers, sweep, settings.workers),
        visits=visits,
        clock=now,
        close_reader=reader.close,
    )
    if ready:
        # Another process that is writing is about to leave a fresh index; until then the one before is served.
        with suppress(SourceUnavailable):
            house.make_ready()
    return house


def _with_model(desk: AnsweringDesk, settings: Settings) -> AnsweringDesk:
    """Put a model beside the rules; without one none of its code is loaded."""
    from assistant.adapters.langchain_chat import LangChainChat
    from assistant.adapters.model_limits import ModelLimits
    from assistant.adapters.model_rewriter import ModelRewriter
    from assistant.adapters.model_router import ModelRouter
    from assistant.adapters.model_writer import ModelWriter

    limits = ModelLimits(seconds=settings.model_seconds, tokens=settings.model_tokens)
    chat = LangChainChat(settings.model_url, settings.model, settings.model_key.get_secret_value(), limits)
    return replace(
        desk,
        router=ModelRouter(desk.router, chat),
        rewriter=ModelRewriter(chat),
        rephraser=ModelWriter(chat),
        model=settings.model_shown,
    )


def open_editorial(settings: Settings) -> SqlEditorial:
    """Open the store of the editorial room."""
    return SqlEditorial(open_engine(settings.home / "bancheng.sqlite"))


def open_desk(settings: Settings) -> Desk:
    """Put together the desk where texts are taken in."""
    index, archive = _texts(settings)
    return Desk(index, archive, Readers(RapidOcrEngine()), LawJsonl(), PortalJson(), ItemsJsonl(), cut_long)


def open_items(settings: Settings) -> ItemShelf:
    """Open the single items that were taken in."""
    index, archive = _texts(settings)
    return ItemShelf(index, archive, ItemsJsonl(), load_library().regions)


def open_book(suffix: str) -> SheetBook:
    """Give the kind of office file for `.xlsx` or `.docx`."""
    return XlsxBook() if suffix == ".xlsx" else DocxBook()


def open_passages(folder: Path, embedder: str = "", chroma: str = "") -> Texts:
    """Open an index of passages alone, to be measured."""
    return open_index(folder, embedder=embedder, chroma=chroma)


def open_reader() -> WorkerProcess:
    """Make a supervised process that reads papers; whoever opens it closes it."""
    return WorkerProcess("channels.wiring:paper_reader")


def paper_reader() -> Reading:
    """Make the reader of papers; called in the reading process."""
    ocr = RapidOcrEngine()
    return Reading(Readers(ocr), ocr, PageEye())


def _papers(settings: Settings, library: Library, reader: PaperReader, clock: Callable[[], datetime]) -> Papers:
    vault = DiskVault(settings.home / "vault", _house_key(settings.home / "house.key"))
    submissions = SqlSubmissions(f"sqlite:///{settings.home / 'submissions.sqlite'}")
    return Papers(library, profiles(), PaperDesk(vault, submissions, reader), clock)


def _house_key(file: Path) -> bytes:
    """Give the key under which the keys of submissions lie; made once, readable by this user alone."""
    if not file.exists():
        with suppress(FileExistsError):
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(secrets.token_bytes(KEY_BYTES))
    return file.read_bytes()


def _texts(settings: Settings) -> tuple[Texts, SourceArchive]:
    index = open_index(settings.home / "index", embedder=settings.embedder or "", chroma=settings.chroma)
    return index, DiskArchive(settings.home / "archive")
