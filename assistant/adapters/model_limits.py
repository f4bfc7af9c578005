"""What a model may cost and how often it may fail: a breaker that rests after failures, a budget that refills."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

Clock = Callable[[], float]
"""Seconds that only go forward."""


@dataclass(frozen=True, slots=True)
class ModelLimits:
    """Bounds of one model; what is beyond is answered by rules.

    `seconds` is what a model may take of one answer, all its calls together; `tokens` what it may use in an hour,
    questions and replies together; after `failures` in a row it rests for `rest` seconds.
    """

    seconds: float = 12.0
    tokens: int = 500_000
    failures: int = 3
    rest: float = 30.0
    retries: int = 1
    longest_reply: int = 1500
    at_once: int = 8
    """Calls under way at the same time; one more is answered by rules at once."""


class Breaker:
    """Lets calls through until too many failed in a row; then none until it has rested, then one to try."""

    def __init__(self, failures: int, rest: float, clock: Clock = time.monotonic) -> None:
        self._most, self._rest, self._clock = failures, rest, clock
        self._failed = 0
        self._closed_until = 0.0
        self._lock = Lock()

    def lets_through(self) -> bool:
        """Tell whether a call may be made now."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._clock() < self._closed_until:
                return False
            # One call tries it; until that has ended the others keep resting.
            self._closed_until = self._clock() + self._rest
            return True

    def went(self, *, well: bool) -> None:
        """Note how a call ended."""
        with self._lock:
            self._failed = 0 if well else self._failed + 1
            if self._failed >= self._most:
                self._closed_until = self._clock() + self._rest


class Budget:
    """Tokens of the last hour."""

    def __init__(self, tokens: int, clock: Clock = time.monotonic, span: float = 3600.0) -> None:
        self._most, self._clock, self._span = tokens, clock, span
        self._spent: deque[tuple[float, int]] = deque()
        self._lock = Lock()

    def allows(self, tokens: int) -> bool:
        """Tell whether so many more may be spent now."""
        with self._lock:
            while self._spent and self._spent[0][0] <= self._clock() - self._span:
                self._spent.popleft()
            return sum(used for _, used in self._spent) + tokens <= self._most

    def spend(self, tokens: int) -> None:
        """Note what a call used."""
        with self._lock:
            self._spent.append((self._clock(), tokens))
