"""Write ten conversations out into docs/journeys/, as they go now."""

from __future__ import annotations

from pathlib import Path

from evals.door import opened
from evals.journeys.transcript import documents

OUT = Path(__file__).resolve().parent.parent / "docs" / "journeys"


def main() -> None:
    """Walk the conversations and replace what was written before."""
    with opened() as house:
        pages = documents(house)
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.md"):
        old.unlink()
    for name, text in pages.items():
        (OUT / name).write_text(text, encoding="utf-8")
    print(f"{len(pages) - 1} conversations in {OUT.relative_to(OUT.parent.parent)}")


if __name__ == "__main__":
    main()
