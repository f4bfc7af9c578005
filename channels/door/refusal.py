"""A request that cannot be served as it is: a name in the wording and a status, never a stack trace."""

from __future__ import annotations

from channels.wording import say


class Refusal(Exception):
    """Say no, with what to do instead. `name` is a key under `problems` in the wording.

    `detail` adds what exactly was wrong, in Chinese and without personal data.
    """

    def __init__(self, name: str, status: int, detail: str = "", **slots: str | int) -> None:
        super().__init__(f"{status} {name}")
        self.name = name
        self.status = status
        self.title = say(f"problems.{name}.title")
        self.remedy = say(f"problems.{name}.remedy", **slots)
        self.detail = detail
