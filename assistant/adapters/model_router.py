"""A model beside the rules of routing: where they find nothing, its proposal becomes a button, never a decision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from assistant.adapters.model_replies import prompt, read
from assistant.ports import Chat, Offer, Routed, Router, WriterUnavailable
from guides.condition import Value

_SHARE = 0.125
_NAMES = 3
"""Names of a matter shown with its title."""


class _Reply(Value):
    n: int
    words: str


class ModelRouter:
    """Asks a chat model about what the rules call unclear; its matter has to be offered and its words said."""

    def __init__(self, rules: Router, chat: Chat) -> None:
        self._rules, self._chat = rules, chat
        self._task = prompt("route")

    def route(self, question: str, offers: Sequence[Offer]) -> Routed:
        """Choose among `offers` by the rules; what a model proposes is only worth offering."""
        routed = self._rules.route(question, offers)
        if routed.id or routed.candidates or routed.excluded or not question.strip() or not offers:
            return routed
        proposed = self._proposed(question, offers)
        return replace(routed, candidates=(proposed.id,)) if proposed is not None else routed

    def _proposed(self, question: str, offers: Sequence[Offer]) -> Offer | None:
        matters = [{"n": n, "title": one.title, "names": one.names[:_NAMES]} for n, one in enumerate(offers, 1)]
        words = json.dumps({"question": question, "matters": matters}, ensure_ascii=False)
        try:
            found = read(self._chat.reply(self._task, words, _SHARE), _Reply)
        except WriterUnavailable:
            return None
        said = found.words.strip()
        if not 1 <= found.n <= len(offers) or len(said) < 2 or said not in question:
            return None
        return offers[found.n - 1]
