"""A scripted OpenAI-compatible service on the loopback: it says what it is told to say, or fails as it is told to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Manner(StrEnum):
    """How a reply comes."""

    WHOLE = "whole"
    HANG = "hang"
    """The connection is taken, and nothing comes."""
    DRIP = "drip"
    """A character now and then, never ending."""
    HALF = "half"
    """The stream breaks off after every word was said, but for the last mark that it is complete."""
    CUT = "cut"
    """The stream breaks off in the middle of a sentence."""
    ERROR = "error"
    """500, with words in it."""
    BUSY = "busy"
    """429, with words in it."""
    GARBLED = "garbled"
    """Bytes that are no event stream."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came over the wire: the instructions, the words, and the whole body."""

    task: str
    words: str
    body: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to a request, and how."""

    text: str
    manner: Manner = Manner.WHOLE


Script = Callable[[Asked], Reply]
_PATIENCE = 4.0
"""Seconds a hanging reply is held: longer than any client here waits."""


class ScriptedModel:
    """The service; `script` may be changed between questions, `asked` holds everything that reached it."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.asked: list[Asked] = []
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def url(self) -> str:
        """Give the address as a setting carries it."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """End, and let go of whoever is kept waiting."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode("utf-8")
                asked = _asked(body)
                model.asked.append(asked)
                reply = model.script(asked)
                try:
                    self._send(reply)
                except OSError:
                    # Who asked has stopped waiting.
                    self.close_connection = True

            def _send(self, reply: Reply) -> None:
                self.close_connection = True
                if reply.manner in (Manner.ERROR, Manner.BUSY):
                    self.send_response(500 if reply.manner is Manner.ERROR else 429)
                    self.send_header("retry-after", "0")
                    self.end_headers()
                    self.wfile.write(json.dumps({"error": {"message": reply.text}}).encode())
                    return
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.end_headers()
                for frame in _frames(reply, model.over):
                    self.wfile.write(frame)
                    self.wfile.flush()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002, ARG002 - the library's own signature
                return

        return Handler


@contextmanager
def serving(script: Script) -> Iterator[ScriptedModel]:
    """Run a scripted model for a while."""
    model = ScriptedModel(script)
    model.start()
    try:
        yield model
    finally:
        model.stop()


def _asked(body: str) -> Asked:
    messages = json.loads(body)["messages"]
    said = {message["role"]: str(message["content"]) for message in messages}
    return Asked(said.get("system", ""), said.get("user", ""), body)


def _frames(reply: Reply, over: threading.Event) -> Iterator[bytes]:
    if reply.manner is Manner.HANG:
        over.wait(_PATIENCE)
        return
    if reply.manner is Manner.GARBLED:
        yield f"<html>{reply.text}</html>\n\n".encode()
        return
    text = reply.text[: len(reply.text) // 2] if reply.manner is Manner.CUT else reply.text
    pieces = [text[at : at + 24] for at in range(0, len(text), 24)]
    for piece in pieces:
        yield _frame({"content": piece})
    until = time.monotonic() + _PATIENCE
    while reply.manner is Manner.DRIP and time.monotonic() < until and not over.wait(0.05):
        yield _frame({"content": " "})
    if reply.manner is Manner.WHOLE:
        yield _frame({}, "stop")
        yield b"data: [DONE]\n\n"


def _frame(delta: dict[str, str], finish: str | None = None) -> bytes:
    chunk = {
        "id": "scripted",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}],
    }
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()
