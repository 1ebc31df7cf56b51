"""Who may talk to the page: known names, and the page itself; it loads nothing from elsewhere.

Three ASGI middlewares. Knows no gradio, no session and no password.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost")
READS = ("GET", "HEAD", "OPTIONS")
# Gradio runs inline scripts and compiles templates, hence 'unsafe-inline' and 'unsafe-eval'.
POLICY = "; ".join(
    (
        "default-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:",
        "img-src 'self' data: blob:",
        "connect-src 'self' blob: data:",
        "font-src 'self' data:",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'self'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class SafeHeaders:
    """Every answer carries the content policy, so that a reply can load nothing from elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers)


class KnownHost:
    """Answers only to its own names: a foreign name that resolves to this computer gets a 400."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            name = _without_port(Headers(scope=scope).get("host", ""))
            if name not in self.hosts:
                refusal = PlainTextResponse("heed does not answer to this name.", 400)
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


class SameOrigin:
    """Refuses a change that another site's page asks for: CORS only hides the answer from it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in READS:
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            own = f"{scope['scheme']}://{headers.get('host')}"
            site = headers.get("sec-fetch-site", "none")
            if origin not in (None, own) or site not in ("same-origin", "none"):
                refusal = PlainTextResponse("heed takes this only from its own page.", 403)
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


def middleware(hosts: Sequence[str] = LOOPBACK) -> list[Middleware]:
    """The three, outermost first."""
    return [Middleware(SafeHeaders), Middleware(KnownHost, hosts), Middleware(SameOrigin)]


def _without_port(host: str) -> str:
    if host.startswith("["):  # an IPv6 address
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()
