"""A model as a writer: it says numbered passages in plainer words, and names the number each sentence rests on."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.adapters.model_replies import prompt, read
from assistant.ports import Chat, Numbered, Sentence
from guides.condition import Value

_SHARE = 0.5
"""Of the time of an answer: wording is most of what a model does."""


class _Sentence(Value):
    text: str
    cites: tuple[int, ...]


class _Reply(Value):
    sentences: tuple[_Sentence, ...]


class ModelWriter:
    """Asks a chat model; what it says is not proven yet."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._task = prompt("word")

    def write(self, question: str, passages: Sequence[Numbered]) -> tuple[Sentence, ...]:
        """Word the passages anew; nothing from nothing. Raises WriterUnavailable."""
        if not passages:
            return ()
        numbered = [{"n": n, "text": f"{one.title}：{one.text}" if one.title else one.text}
                    for n, one in enumerate(passages, 1)]  # fmt: skip
        words = json.dumps({"question": question, "passages": numbered}, ensure_ascii=False)
        said = read(self._chat.reply(self._task, words, _SHARE), _Reply).sentences
        return tuple(Sentence(one.text.strip(), one.cites) for one in said if one.text.strip())
