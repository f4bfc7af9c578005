"""A served product for measurements: started on a free port of this machine with its own state, stopped afterwards."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BANCHENG = ROOT / ".venv/bin/bancheng"


class ServerUnavailable(Exception):
    """The server did not answer in time; its log is in the message."""


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: where it answers, its process, and the seconds until its first answer."""

    url: str
    pid: int
    started_in: float

    def memory_mib(self) -> float:
        """Give the resident memory of the server and its children, in MiB."""
        return sum(resident_kib(pid) for pid in family(self.pid)) / 1024


def resident_kib(pid: int) -> int:
    """Give the resident memory of one process, in KiB; 0 when it has gone."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return int(told.strip() or 0)


def family(pid: int) -> list[int]:
    """List a process and all that it started."""
    table = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [(int(child), int(parent)) for child, parent in (line.split() for line in table.splitlines())]
    found = [pid]
    for ancestor in found:
        found += [child for child, parent in pairs if parent == ancestor]
    return found


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_for(home: Path, port: int = 0) -> dict[str, str]:
    """Give the environment of a product whose whole state lies in `home`."""
    chosen = {"BANCHENG_HOME": str(home)} | ({"BANCHENG_PORT": str(port)} if port else {})
    return {**os.environ, **chosen}


@contextlib.contextmanager
def serve(home: Path, patience: float = 120) -> Iterator[Served]:
    """Serve the state in `home`; the body runs once the front page answers."""
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = home / "served.log"
    with log.open("w", encoding="utf-8") as out:
        began = time.monotonic()
        process = subprocess.Popen(
            [BANCHENG, "serve"], env=environment_for(home, port), stdout=out, stderr=subprocess.STDOUT, cwd=ROOT
        )
        try:
            while not answers(url):
                if process.poll() is not None or time.monotonic() - began > patience:
                    raise ServerUnavailable(log.read_text(encoding="utf-8")[-2000:])
                time.sleep(0.02)
            yield Served(url, process.pid, time.monotonic() - began)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def answers(url: str) -> bool:
    """Say whether the front page comes."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
