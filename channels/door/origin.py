"""Forms are accepted from our own pages only (cross-site request forgery).

The session cookie is SameSite=Lax; beyond that, a browser says where a form came from, and we listen.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def from_our_page(request: Request, origin: str) -> bool:
    """Tell whether this request may change something: `origin` is our public address, "" for the Host header.

    A client that is no browser sends neither Origin nor Sec-Fetch-Site nor our cookie: it has no session to misuse,
    so its requests are let through.
    """
    if request.method in SAFE:
        return True
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    sent = request.headers.get("origin") or request.headers.get("referer")
    if sent is None:
        return "cookie" not in request.headers
    ours = urlsplit(origin).netloc if origin else request.headers.get("host", "")
    return urlsplit(sent).netloc == ours


class OwnFormsOnly:
    """Refuse forms that come from elsewhere; paths under `except_under` carry no session and are let through."""

    def __init__(self, app: ASGIApp, origin: str, except_under: str, refuse: Callable[[Request], Response]) -> None:
        self.app = app
        self.origin = origin
        self.except_under = except_under
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through or answer it."""
        if scope["type"] == "http" and not scope["path"].startswith(self.except_under):
            request = Request(scope)
            if not from_our_page(request, self.origin):
                await self.refuse(request)(scope, receive, send)
                return
        await self.app(scope, receive, send)
