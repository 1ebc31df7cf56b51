"""Each tab shows its own chat, and is told its own refusals."""

from __future__ import annotations

from ui.tabs import MOST, Tab, Tabs


def test_a_tab_shows_what_it_was_asked_to_show() -> None:
    tabs = Tabs()

    tabs.show("one", "chat-1")
    tabs.show("two", None, "temporary")

    assert Tab(chat="chat-1") == tabs.of("one")
    assert Tab(mode="temporary") == tabs.of("two")
    assert Tab() == tabs.of("never opened")


def test_the_same_refusal_twice_is_told_twice() -> None:
    tabs = Tabs()

    tabs.refuse("one", "No.")
    first = tabs.of("one")
    tabs.refuse("one", "No.")

    assert first.refusal == tabs.of("one").refusal
    assert first != tabs.of("one")


def test_a_closed_tab_is_forgotten() -> None:
    tabs = Tabs()
    tabs.search("one", "words")

    tabs.close("one")

    assert Tab() == tabs.of("one")


def test_the_longest_unused_tab_goes_first() -> None:
    tabs = Tabs()
    for number in range(MOST):
        tabs.show(str(number), "chat")

    tabs.heard("0", "mark")
    tabs.show("new", "chat")

    assert tabs.of("0").chat == "chat"
    assert tabs.of("1").chat is None
