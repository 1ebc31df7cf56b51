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

from assistant import carried
from assistant.session import Session
from data import critiques, tasks
from data.types import Message, Refusal, Span, Turn
from ui.said import Said

MODEL = "heed"  # the one name it answers to in a list; any other is taken, too
LOOK = 0.05  # seconds between two looks at what is being written
MOST = 400  # messages of one conversation
KNOWN = 4096  # conversations that can be gone on with where they ended


class Endpoint:
    """What the routes share: the session, and where each conversation ended that it wrote."""

    def __init__(self, session: Session, password: str = "") -> None:
        self.session, self.password = session, password
        self._ends: dict[str, str] = {}  # hash of a conversation -> its last turn
        self._lock = threading.Lock()  # calls come in threads; protects the ends

    def asked(self, messages: Sequence[Message], learn: bool) -> str:
        """Puts the last message as a request, below the conversation before it; gives its turn.

        One that heed wrote goes on in its chat; another is brought along and teaches nothing.
        """
        *before, last = messages
        with self._lock:
            end = self._ends.get(_name(before)) if before else None
        if end is not None and self._stands(end):
            self.session.show(end)
            task = tasks.turn(self.session.shelf.of_turn(end), end).task
        else:
            task = carried.carry(self.session.shelf, before)
        try:
            return self.session.ask(last.text, task=task, learn=learn, may_ask=False)
        except Refusal:
            if end is None:
                self.session.delete(task)  # a refused request leaves no chat behind
            raise

    def ended(self, messages: Sequence[Message], draft: Turn) -> None:
        """Remembers where a conversation ended, so that the next call can go on there."""
        whole = [*messages, Message("assistant", draft.text)]
        with self._lock:
            self._ends[_name(whole)] = draft.id
            while len(self._ends) > KNOWN:
                self._ends.pop(next(iter(self._ends)))

    def under(self, turn: str) -> Turn | None:
        """The newest reply below a turn, with the text that is being written; None: none yet."""
        store = self.session.shelf.of_turn(turn)
        task = tasks.turn(store, turn).task
        found = [
            one for one in tasks.turns(store, task) if one.parent == turn and one.kind == "draft"
        ]
        return found[-1] if found else None

    def busy(self, turn: str) -> bool:
        """Whether the chat of a turn has work that runs or waits."""
        store = self.session.shelf.of_turn(turn)
        return self.session.hub.snapshot(tasks.turn(store, turn).task).busy

    async def pieces(self, turn: str) -> AsyncIterator[tuple[Turn, str]]:
        """The reply below a turn as it grows: its turn and what is new; at the end the rest.

        Raises Refusal if none was written, with what the person was told.
        """
        told, draft = 0, None
        while True:
            busy = await asyncio.to_thread(self.busy, turn)  # before the look, so that none is lost
            draft = await asyncio.to_thread(self.under, turn)
            if draft is not None:
                text = self.session.hub.text(draft.id) or draft.text
                if len(text) > told:
                    yield draft, text[told:]
                    told = len(text)
            if not busy:
                break
            await asyncio.sleep(LOOK)
        if draft is None:
            raise Refusal(self.session.hub.snapshot(None).notice or "No reply was written.")
        if told == 0:
            yield draft, ""

    def _stands(self, turn: str) -> bool:
        """Whether a turn is still there: its chat may have been deleted."""
        try:
            tasks.turn(self.session.shelf.of_turn(turn), turn)
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
            messages = _messages(body)
            learn = Said(body).flag("learn", True)
            turn = await asyncio.to_thread(end.asked, messages, learn)
            if body.get("stream") is True:
                return StreamingResponse(
                    _stream(end, turn, messages), media_type="text/event-stream"
                )
            draft = [one async for one, _ in end.pieces(turn)][-1]  # it ends with one, or raises
            draft = end.under(turn) or draft
            end.ended(messages, draft)
            message = {"role": "assistant", "content": draft.text}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            return JSONResponse(_whole(draft.id, "chat.completion") | {"choices": [choice]})
        except Refusal as refusal:
            return _refused(refusal)

    @router.post("/feedback", response_model=None)
    async def feedback(request: Request) -> Response:
        """What is wrong with a reply, in words; with "accept" that it is right now."""
        if shut := _let_in(end, request):
            return shut
        try:
            body = await _body(request)
            return JSONResponse(await _heard(end, Said(body), body))
        except Refusal as refusal:
            return _refused(refusal)

    return router


async def _heard(end: Endpoint, said: Said, body: Mapping[str, Any]) -> dict[str, Any]:
    session, turn = end.session, said.text("response_id")
    if not turn:
        raise Refusal("Feedback needs the 'response_id' of the reply that it is about.")
    if said.flag("accept", False):
        lessons = await asyncio.to_thread(session.accept, turn)
        return {"object": "feedback", "response_id": turn, "lessons": list(lessons)}
    quote = said.text("span")
    span = Span(quote) if quote else None
    id = await asyncio.to_thread(session.critique, turn, said.text("text"), span=span)
    store = session.shelf.of_turn(turn)
    draft = tasks.turn(store, turn)
    spoken = [
        one
        for one in tasks.turns(store, draft.task)
        if one.kind == "critique" and json.loads(one.made_with).get("critique") == id
    ]
    revised = None
    if said.flag("revise", True):
        while await asyncio.to_thread(end.busy, turn):
            await asyncio.sleep(LOOK)
        repaired = end.under(spoken[0].id) if spoken else None
        if repaired is not None:
            revised = {"response_id": repaired.id, "content": repaired.text}
    return {
        "object": "feedback",
        "id": id,
        "response_id": turn,
        "heard": [
            {"wish": one.effect, "holds": one.reach, "from": one.quote.quote, "sure": one.sure}
            for one in critiques.wishes(store, id)
        ],
        "revised": revised,
    }


async def _stream(end: Endpoint, turn: str, messages: Sequence[Message]) -> AsyncIterator[str]:
    draft: Turn | None = None
    whole = False
    try:
        async for draft, piece in end.pieces(turn):
            delta = {"role": "assistant", "content": piece}
            yield _event(draft.id, delta, None)
        whole = True
        assert draft is not None  # pieces ends with one, or raises
        draft = end.under(turn) or draft
        end.ended(messages, draft)
        yield _event(draft.id, {}, "stop")
    except Refusal as refusal:
        whole = True
        yield f"data: {json.dumps(_error(refusal))}\n\n"
    finally:
        if not whole:  # whoever asked has gone
            store = end.session.shelf.of_turn(turn)
            end.session.stop(tasks.turn(store, turn).task)
    yield "data: [DONE]\n\n"


def _event(id: str, delta: Mapping[str, str], finish: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps(_whole(id, 'chat.completion.chunk') | {'choices': [choice]})}\n\n"


def _whole(id: str, kind: str) -> dict[str, Any]:
    return {"id": id, "object": kind, "created": int(time.time()), "model": MODEL}


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


async def _body(request: Request) -> dict[str, Any]:
    try:
        found = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Refusal("The request is no JSON.") from None
    if not isinstance(found, dict):
        raise Refusal("The request is no JSON object.")
    return found


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
    said = json.dumps([(one.role, one.text.strip()) for one in messages])
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
    return JSONResponse(_error(refusal), 400)


def _error(refusal: Refusal) -> dict[str, Any]:
    return {"error": {"message": str(refusal), "type": "invalid_request_error", "code": None}}
