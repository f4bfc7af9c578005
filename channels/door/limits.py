"""The size of a request is bounded before anything reads it."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PATIENCE = 64 * 1024 * 1024
"""Bytes past the bound that are read and thrown away, so that a browser still shows our answer, not a broken line."""


class BoundedBody:
    """Refuse bodies longer than their path allows (413), whether they say so first or only turn out to be.

    `bounds` maps a path prefix to bytes; the longest prefix counts, "" is the rest.
    """

    def __init__(self, app: ASGIApp, bounds: Mapping[str, int]) -> None:
        self.app = app
        self.bounds = sorted(bounds.items(), key=lambda pair: -len(pair[0]))

    def _bound(self, path: str) -> int:
        return next(size for prefix, size in self.bounds if path.startswith(prefix))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the body as it is read."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        bound, seen = self._bound(scope["path"]), 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            while message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen <= bound:
                    break
                if not message.get("more_body", False) or seen > bound + PATIENCE:
                    raise HTTPException(413)
                message = await receive()
            return message

        await self.app(scope, counted, send)
