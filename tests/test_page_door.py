"""The running page behind its door: foreign requests are refused and a reply loads nothing."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.serving import Served, ask, finished, ready

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
]
PICTURE = "https://pictures.example/spy.png"
EVIL = (
    f"A reply with ![a picture]({PICTURE}) and <img src='{PICTURE}'> and "
    "<form action='https://evil.example'><button>go</button></form> in it."
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    one = Served(tmp_path_factory.mktemp("door"), pause=0.0)
    yield one
    one.close()


def _status(served: Served, method: str, path: str, headers: dict[str, str]) -> int:
    place = urlsplit(served.address)
    line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    body = (
        json.dumps({"data": [], "fn_index": 0, "session_hash": "x"}) if method == "POST" else None
    )
    line.request(method, path, body, {"Content-Type": "application/json", **headers})
    status = line.getresponse().status
    line.close()
    return status


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_a_foreign_host_gets_400(served: Served, method: str) -> None:
    foreign = {
        "Host": "evil.example",
        "Origin": "http://evil.example",
        "Access-Control-Request-Method": "POST",
    }

    assert _status(served, method, "/gradio_api/queue/join", foreign) == 400


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/queue/join",
        "/gradio_api/run/predict",
        "/gradio_api/component_server",
        "/gradio_api/upload",
    ],
)
@pytest.mark.parametrize(
    "foreign",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_another_pages_post_gets_403(served: Served, path: str, foreign: dict[str, str]) -> None:
    assert _status(served, "POST", path, foreign) == 403
    own = {"Origin": served.address.rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    assert _status(served, "POST", path, own) != 403


def test_nothing_is_offered_to_programs(served: Served) -> None:
    place = urlsplit(served.address)
    line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    line.request("GET", "/gradio_api/info")
    offered = json.loads(line.getresponse().read())
    line.close()

    assert offered == {"named_endpoints": {}, "unnamed_endpoints": {}}


def test_the_page_asks_nobody_else_and_complains_of_nothing(
    served: Served, browser: Browser
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    ready(page, served.address)
    page.goto(served.address + "lessons")
    page.wait_for_selector(".l-page *")

    local = (served.address, "data:", "blob:")
    assert [url for url in asked if not url.startswith(local)] == []
    assert [
        one for one in said if "Connection errored out" not in one and "aborted" not in one
    ] == []
    page.context.close()


def test_a_picture_in_a_reply_is_a_link_and_is_not_fetched(
    served: Served, browser: Browser
) -> None:
    served.model.queue(EVIL)
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ready(page, served.address)

    ask(page, "Show me a picture")
    finished(page)

    reply = page.locator(".row.draft .body")
    expect(reply.locator(f"a[href='{PICTURE}']")).to_have_count(1)
    expect(reply.locator("img, form, script")).to_have_count(0)
    assert not any("pictures.example" in url for url in asked)
    page.context.close()


def test_even_a_smuggled_picture_is_stopped_by_the_policy(served: Served, browser: Browser) -> None:
    page = ready(browser.new_page(), served.address)

    blocked = page.evaluate(
        """url => new Promise(done => {
            addEventListener('securitypolicyviolation', event => done(event.blockedURI));
            document.body.append(Object.assign(new Image(), {src: url}));
        })""",
        PICTURE,
    )

    assert blocked == PICTURE
    page.context.close()
