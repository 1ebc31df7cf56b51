"""Which chat each open tab shows, and what was last said to that tab alone.

Knows no page and no session. A tab is named by the random id that its page was given.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace

from data.types import Mode

MOST = 200  # tabs remembered; the longest unused goes first


@dataclass(frozen=True, slots=True)
class Tab:
    """What one tab shows. Every change is a new value, so a view sees at once that it moved."""

    chat: str | None = None  # None: a new chat that nothing was said in yet
    mode: Mode = "normal"  # of the chat that the first request will open
    query: str = ""  # what the list of chats is searched for
    heard: str = ""  # the page's mark on the last words that arrived
    refusal: str = ""
    refused: int = 0  # rises with each refusal, so that the same words are shown twice


class Tabs:
    """All open tabs."""

    def __init__(self) -> None:
        # Protects the dictionary: intents come from a pool of threads, views from the event loop.
        self._lock = threading.Lock()
        self._tabs: OrderedDict[str, Tab] = OrderedDict()

    def of(self, tab: str) -> Tab:
        """What this tab shows; a tab nobody opened shows a new chat."""
        with self._lock:
            return self._tabs.get(tab, Tab())

    def show(self, tab: str, chat: str | None, mode: Mode = "normal") -> None:
        """From now on this tab shows this chat, or (None) an empty one of this mode."""
        with self._lock:
            self._put(tab, replace(self._tabs.get(tab, Tab()), chat=chat, mode=mode))

    def search(self, tab: str, query: str) -> None:
        """The list of chats in this tab is searched for this."""
        with self._lock:
            self._put(tab, replace(self._tabs.get(tab, Tab()), query=query))

    def heard(self, tab: str, mark: str) -> None:
        """The words that the page marked like this have arrived."""
        with self._lock:
            self._put(tab, replace(self._tabs.get(tab, Tab()), heard=mark))

    def refuse(self, tab: str, sentence: str) -> None:
        """This tab's last wish was not done, and why."""
        with self._lock:
            old = self._tabs.get(tab, Tab())
            self._put(tab, replace(old, refusal=sentence, refused=old.refused + 1))

    def close(self, tab: str) -> None:
        """The tab is gone."""
        with self._lock:
            self._tabs.pop(tab, None)

    def _put(self, tab: str, new: Tab) -> None:
        self._tabs[tab] = new
        self._tabs.move_to_end(tab)
        if len(self._tabs) > MOST:
            self._tabs.popitem(last=False)
