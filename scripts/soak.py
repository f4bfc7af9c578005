"""`make soak`: ask for some minutes without a pause; memory must settle and nothing may fail."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts.measure import answer_times
from scripts.served import BANCHENG, environment_for, serve

MAY_GROW_MIB = 64.0
"""What memory may grow by between the first tenth of the run and its end."""
MAX_MINUTES = 180


def main() -> None:
    """Serve a fresh state, ask in rounds, print one line a minute, and exit 1 when memory keeps growing."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10)
    minutes = min(options.parse_args().minutes, MAX_MINUTES)
    with tempfile.TemporaryDirectory(prefix="bancheng-") as folder:
        home = Path(folder)
        subprocess.run([BANCHENG, "setup"], env=environment_for(home), check=True)
        with serve(home) as served:
            ends = time.monotonic() + minutes * 60
            settled_at = time.monotonic() + minutes * 6
            said_at, settled, total = time.monotonic(), 0.0, 0
            while time.monotonic() < ends:
                times = answer_times(served, 1)
                total += len(times)
                if not settled and time.monotonic() >= settled_at:
                    settled = served.memory_mib()
                if time.monotonic() - said_at >= 60:
                    said_at = time.monotonic()
                    print(
                        f"{total:7d} answers  {statistics.median(times):6.1f} ms  {served.memory_mib():6.0f} MiB",
                        flush=True,
                    )
            grown = served.memory_mib() - (settled or served.memory_mib())
    print(f"{total} answers in {minutes:g} minutes, memory grew by {grown:.0f} MiB after settling")
    if grown > MAY_GROW_MIB:
        sys.exit(1)


if __name__ == "__main__":
    main()
