"""Numbers for citations: the same place has the same number all over one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.views import AnswerView, ChecklistView, CitationView


@dataclass(frozen=True, slots=True)
class Numbered:
    """The distinct citations of one page, in the order they are first used; numbers start at 1."""

    citations: tuple[CitationView, ...]

    def of(self, citations: Iterable[CitationView]) -> tuple[int, ...]:
        """Give the numbers of these citations."""
        places = {_place(citation): number for number, citation in enumerate(self.citations, 1)}
        return tuple(dict.fromkeys(places[_place(citation)] for citation in citations))

    def get(self, number: int) -> CitationView | None:
        """Give the citation of this number, or None."""
        return self.citations[number - 1] if 0 < number <= len(self.citations) else None


def numbered(citations: Iterable[CitationView]) -> Numbered:
    """Number citations in the order they are first used."""
    return Numbered(tuple({_place(citation): citation for citation in citations}.values()))


def of_answer(answer: AnswerView) -> Numbered:
    """Number what the statements of an answer cite, then what its list cites beyond that."""
    said = [citation for statement in answer.statements for citation in statement.citations]
    listed = of_checklist(answer.checklist).citations if answer.checklist else ()
    return numbered([*said, *listed])


def of_checklist(view: ChecklistView) -> Numbered:
    """Number everything a list cites, in reading order."""
    return numbered(
        [
            *view.route.citations,
            *(one.citation for one in view.prerequisites),
            *(citation for item in view.items for citation in item.citations),
            *(one.citation for one in view.presence),
            *(citation for one in view.conflicts for citation in one.citations),
            *(citation for one in view.derived for citation in one.citations),
            *(one.citation for one in view.services),
        ]
    )


def _place(citation: CitationView) -> tuple[str, str]:
    return citation.source, citation.locator
