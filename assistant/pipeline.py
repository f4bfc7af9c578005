"""The table of contents of an answer: seven steps, each a draft in, a draft or the answer out; with a model, nine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from assistant.model import Answer, Asking, Draft, Inquiry, Turn
from assistant.ports import Conversations, FactReader, Ledger, Rewriter, Router, SourceTexts, Writer
from assistant.present import outcome_of, view
from assistant.proving import Proving, proven
from assistant.steps.compose import compose
from assistant.steps.gather import gather
from assistant.steps.ground import ground
from assistant.steps.items import items
from assistant.steps.recall import recall
from assistant.steps.retrieve import retrieve
from assistant.steps.reword import reword
from assistant.steps.rewrite import rewrite
from assistant.steps.route import route
from assistant.steps.screen import screen
from assistant.trace import pin
from assistant.views import AnswerRecord
from assistant.wording import load_listening, load_wording
from guides.library import Library
from guides.model import Citation
from ingestion.ports import PassageIndex

Step = Callable[[Draft], Draft | Answer]


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the assistant works with, put together by the wiring."""

    library: Library
    index: PassageIndex
    texts: SourceTexts
    router: Router
    reader: FactReader
    writer: Writer
    conversations: Conversations
    ledger: Ledger
    keep_for: timedelta = timedelta(hours=24)
    """How long a conversation is remembered after its last turn."""
    rewriter: Rewriter | None = None
    """Makes a follow-up a question of its own; None leaves it as it is."""
    rephraser: Writer | None = None
    """Words composed statements anew; None leaves them as they are."""
    model: str = ""
    """The name under which that model is filed (备案)."""
    proving: Proving = proven
    """What decides which of a model's sentences are shown."""


def steps(desk: Desk) -> tuple[Step, ...]:
    """Give the walk of a question, in order."""
    wording, listening = load_wording(), load_listening()
    single = items(desk.index, desk.texts, desk.library, wording.items)
    asked_anew: tuple[Step, ...] = () if desk.rewriter is None else (rewrite(desk.rewriter),)
    worded: tuple[Step, ...] = () if desk.rephraser is None else (reword(desk.rephraser),)
    return (
        screen(wording, listening),
        recall(desk.conversations, wording, listening),
        *asked_anew,
        route(desk.router, desk.reader, desk.library, wording, listening, single),
        gather(desk.reader, desk.library, wording),
        retrieve(desk.index, desk.writer, desk.library, wording),
        compose(desk.library, wording),
        *worded,
        ground(desk.texts, desk.library, wording, desk.proving),
    )


class Assistant:
    """Answers questions; one object serves every conversation and keeps nothing of its own between them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._steps = steps(desk)

    def answer(self, inquiry: Inquiry) -> Answer:
        """Answer one question, remember the turn, and enter the answer in the ledger.

        Raises InquiryInvalid for facts or a matter that do not exist, ConversationsUnavailable, LedgerUnavailable, and
        SourceUnavailable of ingestion when a store does not answer.
        """
        draft = Draft(inquiry, inquiry.text, region=inquiry.region)
        for step in self._steps:
            made = step(draft)
            if not isinstance(made, Draft):
                self._remember(draft, made)
                self._record(made, inquiry)
                return made
            draft = made
        raise AssertionError("the last step always answers")

    def _remember(self, draft: Draft, answer: Answer) -> None:
        name = draft.inquiry.conversation
        if not name:
            return
        turn = Turn(
            question=answer.question,
            at=draft.inquiry.at,
            matter=answer.matter.slug if answer.matter else "",
            region=answer.region,
            facts=dict(draft.fresh),
            asked=answer.ask.fact if isinstance(answer, Asking) else "",
            outcome=outcome_of(answer),
            aspects=answer.aspects,
        )
        self._desk.conversations.append(name, turn, draft.inquiry.at + self._desk.keep_for)

    def _record(self, answer: Answer, inquiry: Inquiry) -> None:
        library = self._desk.library
        cited: dict[tuple[str, str], Citation] = {}
        for statement in answer.statements:
            for citation in statement.citations:
                cited.setdefault((citation.source, citation.locator), citation)
        pins = tuple(pin(citation, library, self._desk.texts) for citation in cited.values())
        record = AnswerRecord(answer=view(answer, library.sources, self._desk.model), given_at=inquiry.at, pins=pins)
        self._desk.ledger.record(record)
