"""A model as a rewriter of follow-ups; whether only said words stand in it is judged by who asked."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.adapters.model_replies import prompt, read
from assistant.ports import Chat
from guides.condition import Value

_SHARE = 0.125


class _Reply(Value):
    question: str


class ModelRewriter:
    """Asks a chat model."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._task = prompt("rewrite")

    def rewrite(self, question: str, earlier: Sequence[str]) -> str:
        """Word `question` so that it stands without `earlier`; "" where it does. Raises WriterUnavailable."""
        words = json.dumps({"question": question, "earlier": list(earlier)}, ensure_ascii=False)
        return read(self._chat.reply(self._task, words, _SHARE), _Reply).question.strip()
