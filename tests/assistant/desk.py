"""A whole assistant for tests: the real library, a real index, a database in memory, and the sources' own texts."""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from assistant.adapters.rules_reader import RulesFactReader
from assistant.adapters.rules_router import RulesRouter
from assistant.adapters.sql_conversations import SqlConversations
from assistant.adapters.sql_ledger import SqlLedger
from assistant.adapters.template_writer import TemplateWriter
from assistant.model import Answer, Inquiry, RawFact
from assistant.passages import indexable
from assistant.pipeline import Assistant, Desk
from assistant.ports import SourceText
from guides.library import Library, load_library
from guides.model import Citation
from ingestion.adapters.lexical_index import LexicalIndex
from ingestion.pipeline import index_passages
from ingestion.steps.locate import find_clause, names_law

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 1, tzinfo=UTC)


class HeldTexts:
    """The texts of cited laws and portal guides, straight from the data folder."""

    def __init__(self, library: Library, data: Path) -> None:
        self._texts: dict[str, str] = {}
        self._opened: dict[tuple[str, str], SourceText | None] = {}
        portal: dict[str, str] = {}
        for file in sorted((data / "official_guides").glob("*.json")):
            text = file.read_text(encoding="utf-8")
            for source in library.sources.values():
                if source.held and source.held.kind == "portal_json" and source.held.key in text:
                    portal.setdefault(source.held.key, text)
        laws = self._laws(library, data)
        for source in library.sources.values():
            if source.held is None:
                continue
            held = portal.get(source.held.key, "") if source.held.kind == "portal_json" else laws.get(source.id, "")
            if held:
                self._texts[source.id] = held

    def _laws(self, library: Library, data: Path) -> dict[str, str]:
        wanted = [s for s in library.sources.values() if s.held and s.held.kind == "law"]
        found: dict[str, str] = {}
        with lzma.open(data / "laws" / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                law = json.loads(line)
                for source in wanted:
                    assert source.held is not None
                    if names_law(source.held.key, law["title"]) and source.held.edition in ("", law["date"]):
                        found[source.id] = found.get(source.id, "") + "\n" + law["text"]
        return found

    def at(self, citation: Citation) -> SourceText | None:
        place = (citation.source, citation.locator)
        if place not in self._opened:
            text = self._texts.get(citation.source)
            words = None if text is None else find_clause(text, citation.locator)
            self._opened[place] = None if words is None else SourceText(words, "held")
        return self._opened[place]

    def holds(self, source: str) -> bool:
        return source in self._texts


class NoTexts:
    """An archive that holds nothing."""

    def at(self, citation: Citation) -> SourceText | None:
        return None

    def holds(self, source: str) -> bool:
        return False


@dataclass
class Talk:
    """A conversation with an assistant; ids count up."""

    assistant: Assistant
    library: Library
    texts: HeldTexts | NoTexts
    ledger: SqlLedger
    conversations: SqlConversations
    count: list[int] = field(default_factory=lambda: [0])

    def ask(
        self,
        text: str,
        conversation: str = "",
        *,
        facts: dict[str, RawFact] | None = None,
        matter: str = "",
        region: str = "430100",
        on: date = ON,
    ) -> Answer:
        self.count[0] += 1
        name = f"answer-{self.count[0]}"
        inquiry = Inquiry(
            text, name, on, AT, region=region, conversation=conversation, matter=matter, facts=facts or {}
        )
        return self.assistant.answer(inquiry)


def sit_down(folder: Path, texts: HeldTexts | NoTexts, library: Library) -> Talk:
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    index = LexicalIndex(folder)
    index_passages(index, indexable(library))
    ledger, conversations = SqlLedger(engine), SqlConversations(engine)
    desk = Desk(library, index, texts, RulesRouter(), RulesFactReader(), TemplateWriter(), conversations, ledger)
    return Talk(Assistant(desk), library, texts, ledger, conversations)


def the_library() -> Library:
    return load_library()
