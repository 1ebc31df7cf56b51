"""The door of the page: known names only, changes only from itself, nothing from elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ui import guard

OWN = {"host": "127.0.0.1:7860"}


async def _hello(request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


def _ask(method: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str]]:
    routes = [Route("/", _hello, methods=["GET", "POST", "OPTIONS"])]
    app = Starlette(routes=routes, middleware=guard.middleware())
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(app(scope, receive, send))
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answered


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", ""]
)
def test_a_foreign_name_is_not_answered(method: str, host: str) -> None:
    assert _ask(method, {"host": host})[0] == 400


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "LOCALHOST:80"])
def test_its_own_names_are_answered(host: str) -> None:
    assert _ask("GET", {"host": host})[0] == 200


@pytest.mark.parametrize(
    "foreign",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1:7860"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_change_from_another_page_is_refused(foreign: dict[str, str]) -> None:
    assert _ask("POST", OWN | foreign)[0] == 403


@pytest.mark.parametrize(
    "own",
    [
        {},  # a program, not a browser
        {"origin": "http://127.0.0.1:7860"},
        {"origin": "http://127.0.0.1:7860", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_change_from_its_own_page_is_taken(own: dict[str, str]) -> None:
    assert _ask("POST", OWN | own)[0] == 200


@pytest.mark.parametrize("headers", [OWN, {"host": "evil.example"}])
def test_every_answer_carries_the_content_policy(headers: dict[str, str]) -> None:
    _, answered = _ask("GET", headers)

    assert "img-src 'self' data: blob:" in answered["content-security-policy"]
    assert "connect-src 'self'" in answered["content-security-policy"]
    assert answered["referrer-policy"] == "no-referrer"
    assert answered["x-content-type-options"] == "nosniff"
