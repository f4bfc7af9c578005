"""Readers that misbehave in a child process, each in its own way; the name of the file says which."""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

from prereview.model import PageQuality, ReadFile, ReadPage
from prereview.steps import admit


class Misbehaving:
    """Reads what is called "good" well."""

    def read(self, content: bytes, name: str) -> ReadFile:
        said = _MISDEEDS[name]()
        page = ReadPage(1, 10, 10, (), PageQuality(), (), image=content)
        return ReadFile(said or name, admit.digest(content), "image/png", (page,))


def make() -> Misbehaving:
    return Misbehaving()


def never() -> Misbehaving:
    raise RuntimeError("models are missing")


def _good() -> str:
    return ""


def _segfault() -> str:
    return str(ctypes.string_at(0))


def _exit() -> str:
    os._exit(3)


def _raise() -> str:
    raise RuntimeError("a reader that raises")


def _hang() -> str:
    time.sleep(600)
    return ""


def _spin() -> str:
    while True:
        pass


def _memory() -> str:
    held = [bytearray(64 << 20) for _ in range(64)]
    return str(len(held))


def _lie() -> str:
    os.write(_answers(), (2**62).to_bytes(8, "big"))
    return ""


def _nonsense() -> str:
    os.write(_answers(), (4).to_bytes(8, "big") + b"null")
    return ""


def _socket() -> str:
    with socket.socket() as outside:
        outside.settimeout(2)
        outside.connect(("203.0.113.1", 80))
    return ""


def _print() -> str:
    print("this must not reach the parent's frames", flush=True)  # noqa: T201
    return ""


def _environment() -> str:
    return " ".join(sorted(os.environ))


def _write() -> str:
    with (Path(os.environ["TMPDIR"]) / "big").open("wb") as big:
        for _ in range(200):
            big.write(b"x" * (1 << 20))
    return ""


_MISDEEDS: dict[str, Callable[[], str]] = {
    "good": _good,
    "segfault": _segfault,
    "exit": _exit,
    "raise": _raise,
    "hang": _hang,
    "spin": _spin,
    "memory": _memory,
    "lie": _lie,
    "nonsense": _nonsense,
    "socket": _socket,
    "print": _print,
    "environment": _environment,
    "write": _write,
}


def _answers() -> int:
    """Find the pipe to the parent among our descriptors: the one that can be written."""
    return next(number for number in range(3, 20) if _is_writable_pipe(number))


def _is_writable_pipe(number: int) -> bool:
    try:
        if not str(Path(f"/proc/self/fd/{number}").readlink()).startswith("pipe:"):
            return False
    except OSError:
        return False
    return bool(fcntl.fcntl(number, fcntl.F_GETFL) & os.O_WRONLY)
