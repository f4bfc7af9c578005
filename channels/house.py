"""Everything the front doors need, put together: the day, the guides, the answers, the papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from assistant.model import Answer, Inquiry, RawFact
from assistant.passages import KIND, indexable
from assistant.pipeline import Assistant
from assistant.ports import Conversations, Ledger, SourceTexts
from assistant.present import checklist_view, citation_view, view
from assistant.trace import Traced, reopen
from assistant.views import AnswerRecord, AnswerView, ChecklistView, CitationView
from channels.door.refusal import Refusal
from channels.door.visits import Visits, new_token
from channels.editing.desk import Desk
from channels.papers import Papers
from channels.present.places import PlaceView, place_view
from channels.served import Served
from channels.settings import Settings
from channels.worker import Worker
from guides.checklist import Checklist
from guides.digest import digest_of
from guides.jurisdiction import Places, governed
from guides.library import Entry, Library
from guides.model import Citation, Guide
from guides.rules import FactInvalid, checklist, read_fact
from guides.situation import Fact, FactValue, Situation
from ingestion.pipeline import index_passages
from ingestion.ports import Library as Texts
from ingestion.ports import Progress, SourceArchive
from prereview.model import Report, UploadedFile
from prereview.pipeline import review

CHINA = timezone(timedelta(hours=8), "CST")
"""The day a person means is the day in China, wherever the machine stands."""

HOME_REGION = "430100"


@dataclass(frozen=True, slots=True)
class House:
    """Everything the front doors need, put together."""

    settings: Settings
    served: Served
    editing: Desk
    index: Texts
    archive: SourceArchive
    texts: SourceTexts
    conversations: Conversations
    ledger: Ledger
    papers: Papers
    worker: Worker
    visits: Visits
    clock: Callable[[], datetime]
    close_reader: Callable[[], None]
    home_region: str = HOME_REGION
    zone: timezone = CHINA

    # --- what is served

    @property
    def library(self) -> Library:
        """The library of today: the files, and over them what the editors have released."""
        return self.served.at(self.today).library

    @property
    def assistant(self) -> Assistant:
        """The assistant over the library of today."""
        return self.served.at(self.today).assistant

    # --- the day and the place

    @property
    def today(self) -> date:
        """The day it is in China."""
        return self.clock().astimezone(CHINA).date()

    def region_code(self, name: str) -> str:
        """Give the code of a region by its name or code, "" meaning the home region; raises Refusal."""
        if not name:
            return self.home_region
        region = self.library.region(name)
        if region is None:
            raise Refusal("region", 422)
        return region.code

    def place_name(self, region: str) -> str:
        """Give the name of a region."""
        found = self.library.region(region)
        return found.name if found else region

    # --- guides

    @property
    def local_guides(self) -> tuple[Guide, ...]:
        """Give the guides that hold in the home region: its own, its province's and the nation's."""
        chain = self.library.chain(self.home_region)
        return tuple(guide for guide in self.library.guides if guide.region in chain)

    def guide(self, slug: str, region: str, on: date | None = None) -> Guide:
        """Give the guide of a place for a day (today); raises Refusal where there is none, never another city's."""
        return self.entry(slug, region, on).guide

    def entry(self, slug: str, region: str, on: date | None = None) -> Entry:
        """Give the guide of a place with its examples and its editors' notes; raises Refusal like `guide`."""
        entry = self.library.entry(slug, region, on or self.today)
        if entry is None:
            raise Refusal("bundle", 404)
        if self.library.is_stopped(entry.guide):
            raise Refusal("stopped", 503)
        return entry

    def in_force(self, guide: Guide, on: date) -> bool:
        """Tell whether a guide may be used for a day."""
        return guide.valid_from <= on and (guide.valid_to is None or on <= guide.valid_to)

    def checklist(self, guide: Guide, situation: Situation, *, on: date) -> Checklist:
        """Give the personal list; raises Refusal for a day on which the guide does not hold."""
        if not self.in_force(guide, on):
            raise Refusal("expired", 422)
        return checklist(guide, situation, on=on, sources=self.library.sources)

    def view_list(self, found: Checklist) -> ChecklistView:
        """Give a list as every channel shows it."""
        return checklist_view(found, self.library.sources)

    def view_governed(self, guide: Guide, situation: Situation, places: Places, *, on: date) -> ChecklistView:
        """Give the list with each service under the place that decides it (`hukou`: name or code); raises Refusal."""
        if not places:
            return self.view_list(self.checklist(guide, situation, on=on))
        if not self.in_force(guide, on):
            raise Refusal("expired", 422)
        codes = {name: self.region_code(place) for name, place in places.items()}
        found = governed(self.library, guide, situation, codes, on=on)
        return checklist_view(found.checklist, self.library.sources, found.services)

    def read_fact(self, guide: Guide, fact: str, given: RawFact) -> FactValue:
        """Read one fact of a guide; raises Refusal for an unknown one, FactInvalid for a value that does not fit."""
        asked = next((question for question in guide.questions if question.fact == fact), None)
        if asked is None:
            raise Refusal("fact", 404)
        return read_fact(asked, given)

    # --- answers

    def ask(
        self,
        text: str,
        *,
        on: date,
        region: str = HOME_REGION,
        matter: str = "",
        facts: Mapping[str, RawFact] | None = None,
        conversation: str = "",
    ) -> Answer:
        """Answer a question; the answer is in the ledger when this returns."""
        return self.assistant.answer(
            Inquiry(
                text=text,
                answer_id=new_token(),
                on=on,
                at=self.clock(),
                region=region,
                conversation=conversation,
                matter=matter,
                facts=facts or {},
            )
        )

    def view(self, answer: Answer) -> AnswerView:
        """Give an answer as every channel shows it."""
        return view(answer, self.library.sources, self.settings.model_shown)

    def record(self, answer_id: str) -> AnswerRecord | None:
        """Give an answer exactly as it was given, or None."""
        return self.ledger.get(answer_id)

    def situation(self, answers: Sequence[str], guide: Guide) -> Situation:
        """Give what is known of a person in this matter: the facts the latest of these answers understood."""
        for answer_id in reversed(answers):
            record = self.record(answer_id)
            matter = record.answer.matter if record else None
            if record is None or matter is None or matter.slug != guide.slug or not record.answer.understood:
                continue
            return Situation(
                {
                    one.fact: Fact(self.read_fact(guide, one.fact, one.value), words=one.words)
                    for one in record.answer.understood
                    if not one.assumed and self._still_asked(guide, one.fact, one.value)
                }
            )
        return Situation()

    def _still_asked(self, guide: Guide, fact: str, value: RawFact) -> bool:
        """Tell whether the guide of now knows this fact and this answer; an editor may have changed it meanwhile."""
        try:
            self.read_fact(guide, fact, value)
        except (Refusal, FactInvalid):
            return False
        return True

    def updated(self, answers: Sequence[str], guide: Guide) -> bool:
        """Tell whether the last list these answers gave of this guide was made with another version of it."""
        for answer_id in reversed(answers):
            record = self.record(answer_id)
            found = record.answer.checklist if record else None
            if found is not None and found.bundle == guide.slug and found.region == guide.region:
                return found.digests.guide != digest_of(guide)
        return False

    def reopen(self, record: AnswerRecord) -> Traced:
        """Give an answer with every cited place as it stands now."""
        return reopen(record, self.library, self.texts)

    def place(self, citation: Citation) -> PlaceView:
        """Give a cited place as it stands now."""
        cited = citation_view(citation, self.library.sources)
        return place_view(cited, self.library.source(citation.source), self.texts.at(citation), None)

    def place_of(self, cited: CitationView) -> PlaceView:
        """Give a place an earlier answer cited, as it stands now, with the marks it was given."""
        source = self.library.sources.get(cited.source)
        held = self.texts.at(Citation(source=cited.source, locator=cited.locator)) if source else None
        return place_view(cited, source, held, None)

    # --- keeping house

    def make_ready(self, progress: Progress | None = None) -> tuple[int, int]:
        """Index the guides where the index is missing or stale; give how many changed and how many stayed."""
        return index_passages(self.index, indexable(self.library), kind=KIND, progress=progress)

    def forget(self, conversation: str) -> None:
        """Forget a conversation at once."""
        self.conversations.forget(conversation)

    # --- papers

    def review(self, guide: Guide, situation: Situation, files: Sequence[UploadedFile], *, on: date) -> Report:
        """Read files and judge them against the list of a situation, without keeping anything."""
        found = self.checklist(guide, situation, on=on)
        return review(files, found, situation, on, reader=self.papers.desk.reader, questions=guide.questions)

    def close(self) -> None:
        """End the reading process and the background work."""
        self.worker.stop()
        self.close_reader()
