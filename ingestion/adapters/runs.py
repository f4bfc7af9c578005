"""Put letters back together into lines, by where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field

COLUMN_GAP = 1.6
"""A gap wider than this many letter heights starts a new line: columns and table cells stay apart."""
NEAR_GAP = 0.3
"""A run this many letter heights after another belongs to the same phrase."""

Rect = tuple[float, float, float, float]
"""Left, bottom (or top), right, top (or bottom): the smaller number first."""


@dataclass(slots=True)
class Run:
    """Letters that stand beside each other on one line; sides in the page's own unit, up or down."""

    letters: list[str] = field(default_factory=list)
    left: float = float("inf")
    bottom: float = float("inf")
    right: float = float("-inf")
    top: float = float("-inf")

    def add(self, letter: str, rect: Rect) -> None:
        self.letters.append(letter)
        self.left, self.bottom = min(self.left, rect[0]), min(self.bottom, rect[1])
        self.right, self.top = max(self.right, rect[2]), max(self.top, rect[3])

    def continues_with(self, rect: Rect) -> bool:
        """Say whether a letter at `rect` belongs to this run: same height on the page, no column gap."""
        if not self.letters or self.right < self.left:
            return True
        height = max(self.top - self.bottom, rect[3] - rect[1])
        beside = min(self.top, rect[3]) - max(self.bottom, rect[1]) > 0.2 * min(
            self.top - self.bottom, rect[3] - rect[1]
        )
        return beside and rect[0] - self.right <= COLUMN_GAP * height and self.left - rect[2] <= COLUMN_GAP * height

    def is_near(self, rect: Rect) -> bool:
        """Say whether a run at `rect` follows this one closely enough to be the same word or phrase."""
        height = min(self.top - self.bottom, rect[3] - rect[1])
        level = abs((self.top + self.bottom) - (rect[3] + rect[1])) / 2 < 0.3 * height
        return level and -0.5 * height <= rect[0] - self.right <= NEAR_GAP * height
