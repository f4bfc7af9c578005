"""A chat model behind any OpenAI-compatible address, through LangChain: in time, within a budget, and clean of people.

Every request passes one gate here, whoever made it: personal numbers are covered once more and addresses of pages taken
out, so that no step has to be trusted with it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from threading import BoundedSemaphore

from langchain_core.messages import HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.adapters.model_limits import Breaker, Budget, ModelLimits
from assistant.masking import mask
from assistant.ports import WriterUnavailable

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s，。；）\"\\]+")
_FINISHED = "stop"


@dataclass(frozen=True, slots=True)
class _Reply:
    text: str
    tokens: int


class LangChainChat:
    """Replies whole or not at all: a reply cut off, however it is cut, is no reply."""

    def __init__(
        self, url: str, model: str, key: str, limits: ModelLimits, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limits, self._clock = limits, clock
        self._breaker = Breaker(limits.failures, limits.rest, clock)
        self._budget = Budget(limits.tokens, clock)
        self._room = BoundedSemaphore(limits.at_once)
        self._threads = ThreadPoolExecutor(limits.at_once, thread_name_prefix="model")
        self._chat = ChatOpenAI(
            model_name=model,
            openai_api_base=url,
            openai_api_key=SecretStr(key or "none"),
            temperature=0,
            max_retries=limits.retries,
            use_responses_api=False,
            # Compatible servers know this name; LangChain would send the newer one.
            extra_body={"max_tokens": limits.longest_reply},
        )

    def reply(self, task: str, words: str, share: float) -> str:
        """Give the whole reply to `words` within `share` of the time of an answer; raises WriterUnavailable."""
        words = clean(words)
        expected = len(task) + len(words) + self._limits.longest_reply
        if not self._breaker.lets_through():
            raise WriterUnavailable("the model rests after failures")
        if not self._budget.allows(expected):
            raise WriterUnavailable("the model's budget of this hour is spent")
        if not self._room.acquire(blocking=False):
            raise WriterUnavailable("too many calls under way")
        said = self._in_time(task, words, self._limits.seconds * share)
        self._breaker.went(well=isinstance(said, _Reply))
        if not isinstance(said, _Reply):
            self._budget.spend(len(task) + len(words))
            raise WriterUnavailable(f"the model did not answer: {type(said).__name__}") from said
        self._budget.spend(said.tokens)
        return said.text

    def _in_time(self, task: str, words: str, seconds: float) -> _Reply | BaseException:
        """Wait no longer than this; a call still under way gives its place back when its own time-out ends it.

        However the vendor's thread ends, its error is a value here: the rules answer instead.
        """
        under_way = self._threads.submit(self._stream, task, words, seconds)
        under_way.add_done_callback(self._make_room)
        try:
            failed = under_way.exception(seconds)
        except TookTooLong as late:
            return late
        return under_way.result() if failed is None else failed

    def _make_room(self, _ended: Future[_Reply]) -> None:
        self._room.release()

    def _stream(self, task: str, words: str, seconds: float) -> _Reply:
        until = self._clock() + seconds
        pieces: list[str] = []
        used, finished = 0, ""
        for chunk in self._chat.stream([SystemMessage(task), HumanMessage(words)], timeout=seconds):
            pieces.append(chunk.text)
            finished = str(chunk.response_metadata.get("finish_reason") or finished)
            usage = getattr(chunk, "usage_metadata", None)
            used = usage["total_tokens"] if usage else used
            if self._clock() > until:
                raise WriterUnavailable("the reply came too slowly")
        if finished != _FINISHED:
            raise WriterUnavailable("the reply was cut off")
        text = "".join(pieces)
        # Where the server does not count, a character counts as a token, which is more than it is.
        return _Reply(text, used or len(task) + len(words) + len(text))


def clean(words: str) -> str:
    """Give the words as a model may see them: no personal number, no address of a page.

    >>> clean("我13800138000，看 https://example.cn/a?id=1 行不")
    '我〔手机号〕，看 〔网址〕 行不'
    """
    return mask(_ADDRESS.sub("〔网址〕", words)).text
