"""`make bench`: start-up, memory, answer times and the making of lists, printed."""

from __future__ import annotations

import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from scripts.measure import measure
from scripts.served import BANCHENG, environment_for
from scripts.speed import printed, speeds


def main() -> None:
    """Build the index once in a folder of its own, then measure a warm start."""
    with tempfile.TemporaryDirectory(prefix="bancheng-") as folder:
        home = Path(folder)
        subprocess.run([BANCHENG, "setup"], env=environment_for(home), check=True)
        figures = measure(home)
    print(f"warm start, first answer   {figures.start_s:8.2f} s")
    print(f"memory, started            {figures.memory_idle_mib:8.0f} MiB")
    print(f"memory, after {figures.answers:5d} answers {figures.memory_after_mib:8.0f} MiB")
    print(f"full answer, median        {figures.median_ms:8.1f} ms")
    print(f"full answer, 95 in 100     {figures.p95_ms:8.1f} ms")
    print("\n".join(printed(speeds(datetime.now(UTC).date()))))


if __name__ == "__main__":
    main()
