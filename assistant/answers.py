"""Replies that a lesson's preparation asked of the base, kept so that no round asks them again.

Knows no check and no adapter: the untaught model speaks here, with lessons in its prompt or none.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event

from assistant import prompt, whole
from assistant.clock import Clock
from assistant.protocols import Model, Progress
from data import caches, preferences
from data.split import prompt_id
from data.store import Store
from data.types import Message, Refusal

# Conversations in one batch: about three seconds on two cores at 135M with 60 tokens a reply
# (measured). Never changed by what is cached, since in bfloat16 a reply can depend on its batch,
# and a rebuild after forgetting must come out the same.
BATCH = 12

Conversation = tuple[Message, ...]
Kept = dict[str, list[str]]
_ABOUT = "about"  # beside the replies: the prompts, by id, that each of them is about


class Answers:
    """One file of replies by the base, for one set of lessons that have a part in them."""

    def __init__(
        self,
        store: Store,
        model: Model,
        home: Path,
        lessons: Sequence[str],
        limit: int,
        requests: Sequence[str] = (),
    ) -> None:
        """`lessons` are ids: forgetting any of them removes the file. `limit` is in tokens.

        `requests` are what the conversations may be about: with one of them its replies go.
        """
        self.limit = limit
        self._store = store
        self._model = model
        self._lessons = tuple(sorted(lessons))
        text = json.dumps([model.name, model.fingerprint, prompt.VERSION, limit, self._lessons])
        self.key = hashlib.sha256(text.encode()).hexdigest()
        self._path = home / "targets" / f"{self.key}.json"
        self._requests = tuple(requests)
        indexed = caches.target(store, self.key) is not None
        self._known, self._about = _read(self._path) if indexed else ({}, {})

    def greedy(
        self, conversations: Sequence[Conversation], label: str
    ) -> Generator[Progress, None, tuple[str, ...]]:
        """The base's most likely reply to each conversation; a few tokens a micro-step."""
        chunks = [conversations[at : at + BATCH] for at in range(0, len(conversations), BATCH)]
        clock, asked = Clock(), 0
        for at, chunk in enumerate(chunks):
            name = _name("greedy", *chunk)
            if name in self._known:
                continue
            left = clock.seconds / asked * (len(chunks) - at) if asked else None
            said = Progress(label, at * BATCH, len(conversations), left)
            self._model.use(None)
            pieces = self._model.completing(chunk, limit=self.limit)
            self._keep(name, chunk, (yield from clock.only(last(pieces, said))))
            asked += 1
        return tuple(text for chunk in chunks for text in self._known[_name("greedy", *chunk)])

    def sampled(
        self, conversation: Conversation, n: int, seed: int, said: Progress
    ) -> Generator[Progress, None, tuple[str, ...]]:
        """n replies drawn from the base; the draw depends on conversation and seed alone.

        `said` is what the person is told meanwhile.
        """
        name = _name(f"{n} {seed}", conversation)
        if name not in self._known:
            self._model.use(None)
            drawn = zlib.crc32(f"{seed} {name}".encode())
            drafts = self._model.sample(
                conversation, n=n, seed=drawn, limit=self.limit, stop=Event(), aside=True
            )
            self._keep(name, [conversation], (yield from last(drafts, said)))
        return tuple(self._known[name])

    def _keep(self, name: str, chunk: Sequence[Conversation], texts: Sequence[str]) -> None:
        """Not on the disk, if a request of the chunk was deleted or kept out of learning since."""
        self._known[name] = list(texts)
        said = [conversation[-1].text for conversation in chunk]
        asked = [one for one in self._requests if any(_is_about(text, one) for text in said)]
        self._about[name] = sorted(map(prompt_id, asked))
        with self._store.transaction():
            lost = preferences.lost(self._store, {id for ids in self._about.values() for id in ids})
            stay = {one: ids for one, ids in self._about.items() if lost.isdisjoint(ids)}
            _write(self._path, self._known, stay)
            size = self._path.stat().st_size
            caches.add_target(self._store, self.key, self._path, size, self._lessons)


def remove(home: Path, prompts: Collection[str]) -> None:
    """Takes out all replies that are about one of these prompts, by id; for deleting a chat.

    A file that does not say what it is about goes whole, and so does one that cannot be written:
    all of it can be asked again.
    """
    for path in sorted((home / "targets").glob("*.json")) if prompts else []:
        known, about = _read(path)
        stay = {name: ids for name, ids in about.items() if not set(ids).intersection(prompts)}
        if stay and len(stay) == len(about):
            continue
        if stay:
            with suppress(Refusal):
                _write(path, known, stay)
                continue
        path.unlink()


def last(
    pieces: Iterator[tuple[str, ...]], said: Progress
) -> Generator[Progress, None, tuple[str, ...]]:
    """The last of the pieces; each is a micro-step, of which the person is told `said`."""
    texts: tuple[str, ...] = ()
    for piece in pieces:
        texts = piece
        yield said
    return texts


def _name(how: str, *conversations: Conversation) -> str:
    said = [[[one.role, one.text] for one in conversation] for conversation in conversations]
    return hashlib.sha256(json.dumps([how, said]).encode()).hexdigest()


def _is_about(text: str, request: str) -> bool:
    """Whether a message asks a request: alone, or with rules in front of it or behind it."""
    return text.startswith(request) or text.endswith(request)


def _write(path: Path, known: Kept, about: Kept) -> None:
    """Keeps the replies of which is said what they are about. Raises Refusal on a full disk."""
    kept = {**{name: known[name] for name in about}, _ABOUT: about}
    with whole.file(path) as partial:
        partial.write_text(json.dumps(kept), encoding="utf-8")


def _read(path: Path) -> tuple[Kept, Kept]:
    """Replies, and what they are about; nothing if the file is not of our making."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        about: Kept = found.pop(_ABOUT)
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}, {}
    return found, about
