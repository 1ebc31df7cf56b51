"""The routes that other programs use: chat as OpenAI's clients speak it, and feedback in words.

Knows no page. Each call is a verb of the session; a refusal is an error with its sentence.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import threading
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant import carried, trace
from assistant.session import Session
from data import critiques, tasks
from data.store import Store
from data.types import Message, Refusal, Span, Turn

MODEL = "heed"  # the one name it answers to in a list; any other is taken, too
LOOK = 0.05  # seconds between two looks at what is being written
MOST = 400  # messages of one conversation
KNOWN = 4096  # conversations that can be gone on with where they ended


class Unwritten(Refusal):
    """A reply that was asked for and could not be written."""


class Endpoint:
    """What the routes share: the session, and where each conversation ended that it wrote."""

    def __init__(self, session: Session, password: str = "") -> None:
        self.session, self.password = session, password
        self._ends: dict[str, str] = {}  # hash of a conversation -> its last turn
        self._lock = threading.Lock()  # calls come in threads; protects the ends

    def asked(self, messages: Sequence[Message], learn: bool) -> str:
        """Puts the last message as a request, below the conversation before it; gives its turn.

        One that heed wrote goes on where it ended; another is brought along and teaches nothing.
        Raises Refusal as `ask` and `carry` do; then no chat is left behind.
        """
        *before, last = messages
        with self._lock:
            end = self._ends.get(_name(before)) if before else None
        if end is not None and self._stands(end):
            return self.session.ask(last.text, under=end, learn=learn, may_ask=False)
        task = carried.carry(self.session.shelf, before)
        try:
            return self.session.ask(last.text, task=task, learn=learn, may_ask=False)
        except Refusal:
            self.session.delete(task)
            raise

    def reply(self, turn: str) -> Turn:
        """The finished reply below a turn; from now on a conversation can go on under it.

        Raises Unwritten if there is none, or if it broke off.
        """
        draft = self.under(turn)
        if draft is None or draft.state == "broken":
            raise Unwritten("The reply could not be written; heed's own page or log says why.")
        store, _ = self._place(turn)
        whole = self.session.writer.conversation(store, tasks.path_to(store, draft.id))
        with self._lock:
            self._ends[_name(whole)] = draft.id
            while len(self._ends) > KNOWN:
                self._ends.pop(next(iter(self._ends)))
        return draft

    def under(self, turn: str) -> Turn | None:
        """The newest reply below a turn, as far as it is committed; None: none yet."""
        store, task = self._place(turn)
        every = tasks.turns(store, task)
        found = [one for one in every if one.parent == turn and one.kind == "draft"]
        return found[-1] if found else None

    def busy(self, turn: str) -> bool:
        """Whether the chat of a turn has work that runs or waits."""
        return self.session.hub.snapshot(self._place(turn)[1]).busy

    def stop(self, turn: str) -> None:
        """Stops what is written in the chat of a turn: whoever asked has gone."""
        self.session.stop(self._place(turn)[1])

    async def pieces(self, turn: str) -> AsyncIterator[tuple[str, str]]:
        """The reply below a turn as it grows: its id and what is new."""
        hub, told, busy, seen = self.session.hub, 0, True, -1
        _, task = await asyncio.to_thread(self._place, turn)
        while busy:
            version = hub.version(task)
            if version == seen:  # nothing in this chat has moved
                await asyncio.sleep(LOOK)
                continue
            seen = version
            busy = await asyncio.to_thread(self.busy, turn)  # before the look, so that none is lost
            draft = await asyncio.to_thread(self.under, turn)
            text = "" if draft is None else hub.text(draft.id) or draft.text
            if draft is not None and len(text) > told:
                yield draft.id, text[told:]
                told = len(text)

    async def whole(self, turn: str, request: Request) -> Turn:
        """The reply below a turn once it is written; it is stopped if the caller hangs up."""
        async for _ in self.pieces(turn):
            if await request.is_disconnected():
                await asyncio.to_thread(self.stop, turn)
        return await asyncio.to_thread(self.reply, turn)

    def _place(self, turn: str) -> tuple[Store, str]:
        """The store and the chat of a turn. Raises Refusal if it is not there any more."""
        store = self.session.shelf.of_turn(turn)
        return store, tasks.turn(store, turn).task

    def _stands(self, turn: str) -> bool:
        """Whether a turn is still there: its chat may have been deleted."""
        try:
            self._place(turn)
        except Refusal:
            return False
        return True


def routes(session: Session, password: str = "") -> APIRouter:
    """/v1/models, /v1/chat/completions and /v1/feedback."""
    router, end = APIRouter(prefix="/v1"), Endpoint(session, password)

    @router.get("/models")
    def models(request: Request) -> Response:
        return _let_in(end, request) or JSONResponse({"object": "list", "data": [_model()]})

    @router.post("/chat/completions", response_model=None)
    async def chat(request: Request) -> Response:
        if shut := _let_in(end, request):
            return shut
        try:
            body = await _body(request)
            messages, learn = _messages(body), _flag(body, "learn", True)
            stream = _flag(body, "stream", False)
            turn = await asyncio.to_thread(end.asked, messages, learn)
            if stream:
                return StreamingResponse(_stream(end, turn), media_type="text/event-stream")
            draft = await end.whole(turn, request)
        except Refusal as refusal:
            return _refused(refusal)
        message = {"role": "assistant", "content": draft.text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return JSONResponse(_envelope(draft.id, "chat.completion") | {"choices": [choice]})

    @router.post("/feedback", response_model=None)
    async def feedback(request: Request) -> Response:
        if shut := _let_in(end, request):
            return shut
        try:
            return JSONResponse(await _feedback(end, await _body(request), request))
        except Refusal as refusal:
            return _refused(refusal)

    return router


async def _feedback(end: Endpoint, body: Mapping[str, Any], request: Request) -> dict[str, Any]:
    """What is wrong with a reply, in words; or with "accept" that it is right."""
    turn, text = _words(body, "response_id"), _words(body, "text")
    if not turn:
        raise Refusal("Feedback needs the 'response_id' of the reply that it is about.")
    told = {"object": "feedback", "response_id": turn}
    if _flag(body, "accept", False):
        if text:
            raise Refusal("Say what is wrong or accept: 'text' and 'accept' do not go together.")
        lessons = await asyncio.to_thread(end.session.accept, turn)
        return told | {"lessons": list(lessons)}
    quote, revise = _words(body, "span"), _flag(body, "revise", True)
    span = Span(quote) if quote else None
    id = await asyncio.to_thread(end.session.critique, turn, text, span=span)
    heard, said = await asyncio.to_thread(_heard, end, turn, id)
    told |= heard
    if not revise or said is None:
        return told | {"revised": None}
    while await asyncio.to_thread(end.busy, turn) and not await request.is_disconnected():
        await asyncio.sleep(LOOK)
    if await asyncio.to_thread(end.under, said) is None:  # there was nothing to repair
        return told | {"revised": None}
    draft = await asyncio.to_thread(end.reply, said)
    return told | {"revised": {"response_id": draft.id, "content": draft.text}}


def _heard(end: Endpoint, turn: str, id: str) -> tuple[dict[str, Any], str | None]:
    """What was understood of a critique, and the turn in which it stands."""
    store = end.session.shelf.of_turn(turn)
    told = {
        "id": id,
        "heard": [
            {"wish": one.effect, "holds": one.reach, "from": one.quote.quote, "sure": one.sure}
            for one in critiques.wishes(store, id)
        ],
    }
    spoken = trace.spoken(store, critiques.get(store, id))
    own = (one for one in spoken if one.kind == "critique" and trace.critique_of(one) == id)
    return told, next((one.id for one in own), None)


async def _stream(end: Endpoint, turn: str) -> AsyncIterator[str]:
    ended = False
    try:
        async for id, piece in end.pieces(turn):
            yield _event(id, {"role": "assistant", "content": piece}, None)
        ended = True
        draft = await asyncio.to_thread(end.reply, turn)
        yield _event(draft.id, {}, "stop")
    except Refusal as refusal:
        yield f"data: {json.dumps(_error(refusal))}\n\n"
    finally:
        if not ended:
            end.stop(turn)
    yield "data: [DONE]\n\n"


def _event(id: str, delta: Mapping[str, str], finish: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps(_envelope(id, 'chat.completion.chunk') | {'choices': [choice]})}\n\n"


def _envelope(id: str, kind: str) -> dict[str, Any]:
    return {"id": id, "object": kind, "created": int(time.time()), "model": MODEL}


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


async def _body(request: Request) -> dict[str, Any]:
    try:
        found = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Refusal("The body of the request has to be JSON.") from None
    if not isinstance(found, dict):
        raise Refusal("The body of the request has to be a JSON object.")
    return found


def _words(body: Mapping[str, Any], name: str) -> str:
    found = body.get(name) or ""
    if not isinstance(found, str):
        raise Refusal(f"{name!r} has to be words, not {found!r}.")
    return found


def _flag(body: Mapping[str, Any], name: str, otherwise: bool) -> bool:
    found = body.get(name)
    if found is not None and not isinstance(found, bool):
        raise Refusal(f"{name!r} has to be true or false, not {found!r}.")
    return otherwise if found is None else found


def _messages(body: Mapping[str, Any]) -> tuple[Message, ...]:
    """The conversation. Raises Refusal where it is not one of texts that ends with the user."""
    found = body.get("messages")
    if not isinstance(found, list) or not 0 < len(found) <= MOST:
        raise Refusal(f"'messages' has to be a list of 1 to {MOST} messages.")
    if body.get("n") not in (None, 1):
        raise Refusal("heed writes one reply at a time: leave 'n' out.")
    if body.get("tools") or body.get("functions"):
        raise Refusal("heed calls no tools.")
    messages = []
    for one in found:
        role = one.get("role") if isinstance(one, dict) else None
        if role in ("system", "developer"):
            raise Refusal(
                "heed takes no system message: say once, as feedback, how replies should be."
            )
        if role not in ("user", "assistant"):
            raise Refusal(f"A message has the role {role!r}; heed knows 'user' and 'assistant'.")
        messages.append(Message(role, _text(one.get("content"))))
    if messages[-1].role != "user":
        raise Refusal("The last message has to be the user's.")
    return tuple(messages)


def _text(content: object) -> str:
    """A text, or the texts of its parts. Raises Refusal for images and other parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else [content]
    texts = [
        one.get("text") for one in parts if isinstance(one, dict) and one.get("type") == "text"
    ]
    if len(texts) != len(parts) or not all(isinstance(one, str) for one in texts):
        raise Refusal("heed reads text only, no images, sounds or files.")
    return "\n".join(map(str, texts))


def _name(messages: Sequence[Message]) -> str:
    said = json.dumps([(one.role, " ".join(one.text.split())) for one in messages])
    return hashlib.sha256(said.encode()).hexdigest()


def _let_in(end: Endpoint, request: Request) -> Response | None:
    """Nothing, or the refusal of a caller without the password, if one is set."""
    if not end.password:
        return None
    key = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if hmac.compare_digest(key.encode(), end.password.encode()):
        return None
    return JSONResponse(_error(Refusal("The API key has to be heed's password.")), 401)


def _refused(refusal: Refusal) -> Response:
    return JSONResponse(_error(refusal), 500 if isinstance(refusal, Unwritten) else 400)


def _error(refusal: Refusal) -> dict[str, Any]:
    kind = "server_error" if isinstance(refusal, Unwritten) else "invalid_request_error"
    return {"error": {"message": str(refusal), "type": kind, "code": None}}
