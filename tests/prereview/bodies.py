"""Readers that misbehave in a child process, each in its own way; the name of the file says which."""

from __future__ import annotations

import ctypes
import os
import socket
import time

from prereview.model import PageQuality, ReadFile, ReadPage
from prereview.steps import admit


class Misbehaving:
    """Reads well-named files well."""

    def read(self, content: bytes, name: str) -> ReadFile:
        if name == "segfault":
            ctypes.string_at(0)
        elif name == "exit":
            os._exit(3)
        elif name == "raise":
            raise RuntimeError("a reader that raises")
        elif name == "hang":
            time.sleep(600)
        elif name == "spin":
            while True:
                pass
        elif name == "memory":
            return _read(name, content, [bytearray(64 << 20) for _ in range(64)])
        elif name == "lie":
            os.write(_answers(), (2**62).to_bytes(8, "big"))
        elif name == "nonsense":
            os.write(_answers(), (4).to_bytes(8, "big") + b"null")
        elif name == "socket":
            with socket.socket() as outside:
                outside.settimeout(2)
                outside.connect(("203.0.113.1", 80))
        elif name == "print":
            print("this must not reach the parent's frames", flush=True)  # noqa: T201
        elif name == "environment":
            return _read(" ".join(sorted(os.environ)), content)
        elif name == "write":
            with open(os.path.join(os.environ["TMPDIR"], "big"), "wb") as big:  # noqa: PTH123, PTH118
                big.truncate(10)
                big.writelines(b"x" * (1 << 20) for _ in range(200))
        return _read(name, content)


def make() -> Misbehaving:
    return Misbehaving()


def never() -> Misbehaving:
    raise RuntimeError("models are missing")


def _read(name: str, content: bytes, _held: object = None) -> ReadFile:
    page = ReadPage(1, 10, 10, (), PageQuality(), (), image=content)
    return ReadFile(name, admit.digest(content), "image/png", (page,))


def _answers() -> int:
    """Find the pipe to the parent among our descriptors: the highest pipe that can be written."""
    return max(number for number in range(3, 20) if _is_pipe(number))


def _is_pipe(number: int) -> bool:
    try:
        return os.readlink(f"/proc/self/fd/{number}").startswith("pipe:") and bool(
            os.get_blocking(number) and _writable(number)
        )
    except OSError:
        return False


def _writable(number: int) -> bool:
    import fcntl

    return bool(fcntl.fcntl(number, fcntl.F_GETFL) & os.O_WRONLY)
