"""What a person can do on the chat page: one function per act, one verb of the session in each.

Knows no layout and no gradio. Every function raises what its verb raises: Refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import get_args

from assistant import notice
from assistant.session import How, Session
from data import tasks
from data.types import Mark, Mode, Reach, Settled
from ui.said import Said
from ui.tabs import Tabs


@dataclass(frozen=True, slots=True)
class Act:
    """One act: who it is for, which tab it came from, and what was sent with it."""

    session: Session
    tabs: Tabs
    tab: str
    said: Said

    @property
    def chat(self) -> str | None:
        """The chat that the tab shows."""
        return self.tabs.of(self.tab).chat


Intent = Callable[[Act], None]


def typing(act: Act) -> None:
    """Keys are pressed somewhere on the page; which ones is not sent."""
    act.session.typing()


def ask(act: Act) -> None:
    """A new request; the first one of a new chat opens it."""
    text, learn = act.said.text("text"), act.said.flag("learn", True)
    chat = act.chat
    if chat is None:
        chat = act.session.new_task(act.tabs.of(act.tab).mode)
        try:
            act.session.ask(text, task=chat, learn=learn)
        except Exception:
            act.session.delete(chat)  # a refused first request leaves no empty chat behind
            raise
        act.tabs.show(act.tab, chat)
    else:
        act.session.ask(text, task=chat, learn=learn)


def branch(act: Act) -> None:
    """An earlier request in other words: a branch beside it."""
    beside = act.said.text("turn")
    learn = tasks.turn(act.session.shelf.of_turn(beside), beside).learn
    act.session.ask(act.said.text("text"), beside=beside, learn=learn)


def answer(act: Act) -> None:
    """An answer to a question, or a skip."""
    how: How = act.said.one_of("how", get_args(How))
    act.session.answer(act.said.text("turn"), act.said.text("text"), how)


def critique(act: Act) -> None:
    """What is wrong with a reply, perhaps about marked words, perhaps while it is written."""
    turn = act.said.text("turn")
    store = act.session.shelf.of_turn(turn)
    source = act.session.hub.text(turn) or tasks.turn(store, turn).text
    mark: Mark | None = act.said.one_of("mark", get_args(Mark)) if act.said.text("mark") else None
    act.session.critique(
        turn,
        act.said.text("text"),
        span=act.said.span(source),
        mark=mark,
        edit=act.said.maybe("edit"),
        seen=act.said.count("seen"),
    )


def accept(act: Act) -> None:
    """This reply is the one."""
    act.session.accept(act.said.text("turn"))


def halt(act: Act) -> None:
    """Stop writing; the text stays."""
    act.session.stop(act.chat, act.said.count("seen"))


def halt_learning(act: Act) -> None:
    """Stop learning; the live version stays."""
    act.session.stop(None)


def again(act: Act) -> None:
    """Another draft beside this one."""
    act.session.again(act.said.text("turn"))


def go_on(act: Act) -> None:
    """Write on where it was stopped."""
    act.session.go_on(act.said.text("turn"))


def bring(act: Act) -> None:
    """Show the branch through this turn."""
    act.session.show(act.said.text("turn"))


def keep(act: Act) -> None:
    """The old reply after all: the repair stays beside it, out of sight."""
    act.session.keep(act.said.text("turn"))


def settle(act: Act) -> None:
    """A chip is right, changed, only for here, always, when ..., or no feedback at all."""
    settled: Settled = act.said.one_of("settled", get_args(Settled))
    reach: Reach | None = (
        act.said.one_of("reach", get_args(Reach)) if act.said.text("reach") else None
    )
    act.session.settle_wish(
        act.said.text("wish"),
        settled,
        effect=act.said.maybe("effect"),
        reach=reach,
        when=act.said.maybe("when"),
    )


def approve(act: Act) -> None:
    """Yes, from now on."""
    act.session.approve(act.said.text("lesson"))


def disable(act: Act) -> None:
    """Only here: the lesson does not act."""
    act.session.disable(act.said.text("lesson"))


def reword(act: Act) -> None:
    """Other words or another scope for a lesson."""
    act.session.edit_lesson(
        act.said.text("lesson"), act.said.maybe("effect"), act.said.maybe("scope")
    )


def teach(act: Act) -> None:
    """Teach every approved lesson; the result is said in this chat."""
    act.session.learn(act.chat)


def take_back(act: Act) -> None:
    """The version that was live before."""
    act.session.undo(act.chat)


def dont_learn(act: Act) -> None:
    """Keep a turn out of everything that is learned, or let it back in."""
    act.session.dont_learn(act.said.text("turn"), act.said.flag("learn", False))


def rename(act: Act) -> None:
    """Another title for a chat."""
    act.session.rename(act.said.text("chat"), act.said.text("text"))


def drop(act: Act) -> None:
    """Delete a chat; a tab that shows it is left with a new one."""
    chat = act.said.text("chat")
    act.session.delete(chat)
    if act.chat == chat:
        act.tabs.show(act.tab, None)


def open_chat(act: Act) -> None:
    """Show another chat in this tab."""
    act.tabs.show(act.tab, act.said.text("chat"))


def fresh(act: Act) -> None:
    """An empty chat, normal or temporary."""
    mode: Mode = act.said.one_of("mode", get_args(Mode))
    act.tabs.show(act.tab, None, mode)


def search(act: Act) -> None:
    """Look for words in the titles and texts of all chats."""
    act.tabs.search(act.tab, act.said.text("text")[:200])


def dismiss(act: Act) -> None:
    """What stands on every page was read."""
    notice.dismiss(act.session.shelf, act.session.hub)
