"""The reading process itself: limits first, then the readers, then file after file until its input ends.

Frames both ways: eight bytes of length, then that many bytes. A request is the name and the content; the answer is
what was read, as JSON, so that the parent never unpickles anything a broken child says.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import resource
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO

from prereview.as_json import READ_FILE
from prereview.ports import PaperReader

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_MEBIBYTE = 1024 * 1024


def main(arguments: list[str]) -> None:
    """Serve until the input ends. Arguments: body as `module:function`, memory in MiB, CPU seconds per file."""
    body, memory, cpu = arguments[0], int(arguments[1]), int(arguments[2])
    requests, answers = _pipes()
    isolated = _leave_the_network()
    _limit(memory * _MEBIBYTE)
    reader = _make(body)
    _send(answers, json.dumps({"ready": True, "isolated": isolated}).encode())
    while (name := _receive(requests)) is not None:
        content = _receive(requests)
        if content is None:
            return
        _allow_cpu(cpu)
        _send(answers, READ_FILE.dump_json(reader.read(content, name.decode())))


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes to the parent for frames alone: what libraries print goes nowhere."""
    requests = os.fdopen(os.dup(0), "rb", buffering=0)
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, answers


def _leave_the_network() -> bool:
    """Step into a network without any interface; False where the kernel forbids it."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(libc.unshare(_NEW_NET) == 0 or libc.unshare(_NEW_USER | _NEW_NET) == 0)
    except (OSError, AttributeError):
        return False


def _limit(memory: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 64 * _MEBIBYTE),
        (resource.RLIMIT_NOFILE, 256),
    ):
        _, hard = resource.getrlimit(what)
        bounded = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bounded, hard))


def _allow_cpu(seconds: int) -> None:
    """Let this file have its own CPU seconds beyond what the process has used; the kernel kills it after them."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))


def _make(body: str) -> PaperReader:
    module, _, function = body.partition(":")
    make: Callable[[], PaperReader] = getattr(importlib.import_module(module), function)
    return make()


def _receive(pipe: BinaryIO) -> bytes | None:
    head = _exactly(pipe, 8)
    return None if head is None else _exactly(pipe, struct.unpack(">Q", head)[0])


def _exactly(pipe: BinaryIO, size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        part = pipe.read(min(size, _MEBIBYTE))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _send(pipe: BinaryIO, payload: bytes) -> None:
    view = memoryview(struct.pack(">Q", len(payload)) + payload)
    while view:
        view = view[pipe.write(view) :]


if __name__ == "__main__":
    main(sys.argv[1:])
