"""What each command does: one verb of the session, and its results as lines.

Knows no parser and no stream. Each function is given a desk and the parsed arguments.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence

from assistant import acceptance, compact, history, saved
from assistant import report as reports
from assistant import strength as strengths
from data import critiques, ledger, tasks, versions
from data.types import Lesson, Refusal, Span, Turn, Wish
from ui import ledger as ui_ledger
from ui import lines
from ui.desk import Desk

NO_REPLY = 'There is no reply to criticise yet. Ask for one first: heed ask "...".'


def ask(desk: Desk, args: Namespace) -> None:
    """A request, in a new chat unless one is named."""
    session = desk.session
    task = session.new_task(args.mode) if args.chat is None else desk.chat(args.chat)
    try:
        session.ask(args.text, task=task, learn=not args.no_learn)
    except Refusal:
        if args.chat is None:
            session.delete(task)  # a refused first request leaves no empty chat behind
        raise
    desk.reply(task)


def answer(desk: Desk, args: Namespace) -> None:
    """The answer to the last question: an option by number, words, or neither."""
    question = desk.last("question", args.chat, "heed has not asked anything.")
    options = desk.session.hub.snapshot(question.task).questions[question.id].options
    if args.skip or args.mute:
        desk.session.answer(question.id, "", "skip" if args.skip else "mute")
    elif args.text is None:
        raise Refusal("Say your answer, or the number of an option, or --skip.")
    elif args.text.isdecimal():
        number = int(args.text)
        if not 1 <= number <= len(options):
            raise Refusal(f"There is no option {number}; there are {len(options)}.")
        desk.session.answer(question.id, options[number - 1], "option")
    else:
        desk.session.answer(question.id, args.text, "words")
    desk.reply(question.task)


def critique(desk: Desk, args: Namespace) -> None:
    """What is wrong with a reply; prints what was understood and the repaired reply."""
    session = desk.session
    draft = (
        desk.last("draft", args.chat, NO_REPLY)
        if args.turn is None
        else tasks.turn(session.store, args.turn)
    )
    span = None if args.quote is None else Span(args.quote, occurrence=args.occurrence)
    made = session.critique(
        draft.id, args.text or "", span=span, mark=args.mark, thumb=args.thumb, edit=args.edit
    )
    desk.say(lines.critique(critiques.get(session.store, made)))
    now = desk.follow(draft.task)
    for wish in critiques.wishes(session.store, made):
        desk.say(lines.wish(wish))
    newest = next(turn for turn in reversed(now.turns) if turn.kind != "notice")
    if newest.kind == "draft":
        desk.reply(draft.task)
    else:  # nothing was to be repaired, or it could not be: then there is a reason
        news = desk.news()
        if news:
            raise Refusal(news)


def accept(desk: Desk, args: Namespace) -> None:
    """Takes a reply as right; with --always its wishes stand from now on."""
    session = desk.session
    draft = (
        desk.last("draft", args.chat, "There is no reply to accept yet.")
        if args.turn is None
        else tasks.turn(session.store, args.turn)
    )
    if args.always:
        for wish in _to_widen(_wishes_behind(desk, draft)):
            session.settle_wish(wish.id, "yes", reach="always")
    noted = session.accept(draft.id)
    if args.always:
        for lesson in noted:
            session.approve(lesson)
    desk.follow(draft.task)
    desk.say(lines.accepted(draft.id))
    for why in acceptance.unusable(session.store, draft.id):
        desk.tell(f"No usable pair: {why}.")
    for lesson in noted:
        _say_lesson(desk, ledger.get(session.store, lesson))
    if args.always and not noted:
        desk.tell("There was no critique to make a lesson of; the reply itself was noted.")
    elif noted and not args.always:
        desk.tell("(a noted lesson acts after your yes: heed lessons --approve ID)")


def again(desk: Desk, args: Namespace) -> None:
    """Another reply to the same request; the old one is kept."""
    draft = desk.last("draft", args.chat, "There is no reply to write again yet.")
    desk.session.again(draft.id)
    desk.reply(draft.task)


def lessons(desk: Desk, args: Namespace) -> None:
    """Lists the ledger, or changes one of its lessons."""
    session = desk.session
    changed = args.approve or args.disable
    if args.stance is not None and args.stance[1] not in _STANCES:
        raise Refusal(f"{args.stance[1]!r} is no stance; there are: {', '.join(_STANCES)}.")
    if args.approve is not None:
        session.approve(args.approve)
    if args.disable is not None:
        session.disable(args.disable)
    if args.edit is not None:
        changed = session.edit_lesson(args.edit[0], effect=args.edit[1])
    if args.stance is not None:
        changed = args.stance[0]
        session.set_stance(args.stance[0], args.stance[1])
    if changed:
        desk.follow(None)
        _say_lesson(desk, ledger.get(session.store, changed))
        return
    every = ledger.all(session.store)
    for lesson in every:
        _say_lesson(desk, lesson)
    if not every:
        desk.tell("No lessons yet. Criticise a reply, accept the repaired one, and one is noted.")
    spared = saved.read(session.store)
    if spared.turns:
        desk.say(lines.saved(spared))


def learn(desk: Desk, args: Namespace) -> None:
    """One round of teaching in the foreground; prints a gate report for each lesson."""
    store = desk.session.store
    before = {run.id for run in versions.runs(store)}
    desk.session.learn(desk.latest())
    desk.follow(None)
    news = desk.news()
    made = [run for run in versions.runs(store, "learn") if run.id not in before]
    names = _names(desk)
    for run in made:
        lesson = str(json.loads(run.settings)["lesson"])
        ends = ("retired",) if run.outcome == "set aside" else ("prompt only",)
        whys = [one.why for one in ledger.events(store, lesson) if one.after in ends]
        desk.say(lines.run(run, names.get(lesson, ""), whys[-1] if whys else ""))
        if run.adapter is not None:
            desk.say(lines.version(versions.get(store, run.adapter), names))
    for run in versions.runs(store, compact.KIND):
        if run.id not in before:
            desk.tell(compact.told(store, json.loads(run.settings)["round"]))
            if run.adapter is not None:
                desk.say(lines.version(versions.get(store, run.adapter), names))
    if not made or any(run.outcome == "stopped" for run in made):
        raise Refusal(news or "The round came to no end; see log.txt.")


def report(desk: Desk, args: Namespace) -> None:
    """The last report on the audit panel, or a new one."""
    store = desk.session.store
    found = reports.last(store)
    if args.new:
        desk.session.report(desk.latest())
        desk.follow(None)
        before, found, news = found, reports.last(store), desk.news()
        if found == before:
            raise Refusal(news or "The report came to no end; see log.txt.")
    if found is None:
        raise Refusal("There is no report yet: heed report --new makes one.")
    desk.say(lines.report(found, ledger.all(store)))


def undo(desk: Desk, args: Namespace) -> None:
    """Goes back to the version that was live before."""
    number = desk.session.undo(desk.latest())
    desk.follow(None)
    desk.say(lines.live(number))


def forget(desk: Desk, args: Namespace) -> None:
    """Removes a lesson from the weights, the caches and the file."""
    receipt_id = desk.session.forget(args.lesson, desk.latest())
    desk.follow(None)
    for receipt in versions.receipts(desk.session.store):
        if receipt.id == receipt_id:
            desk.say(lines.receipt(receipt, json.loads(receipt.removed)))


def strength(desk: Desk, args: Namespace) -> None:
    """How strongly the version that answers speaks in a chat, and what each strength costs."""
    session, store = desk.session, desk.session.store
    chat = desk.chat(args.chat) if args.chat or args.value is not None else desk.latest()
    if args.value is not None and chat is not None:
        session.set_scale(chat, args.value)
    if args.measure:
        session.rounds.measure_strength()
        desk.follow(None)
    live = versions.live(store)
    drifts = () if live is None else strengths.read(store, live.number)
    if args.measure and not drifts:
        raise Refusal(desk.news() or "The strengths were not measured; see log.txt.")
    task = None if chat is None else tasks.get(store, chat)
    desk.say(lines.strength(task, None if live is None else live.number, drifts))


def adapters(desk: Desk, args: Namespace) -> None:
    """Lists the versions, or switches to one; 0 is the base."""
    session = desk.session
    if args.act == "use":
        if args.number is None:
            raise Refusal("Say which version: heed adapters use 2; 0 is the base model.")
        session.use_version(args.number or None, desk.latest())
        desk.follow(None)
        now = versions.live(session.store)
        desk.say(lines.live(None if now is None else now.number))
        return
    desk.say(lines.base(live=versions.live(session.store) is None))
    for version in versions.all(session.store):
        desk.say(lines.version(version, _names(desk)))


def chats(desk: Desk, args: Namespace) -> None:
    """Lists the chats, newest first, those with the given words only."""
    found = tasks.listing(desk.session.store, args.words or "")
    for task in found:
        desk.say(lines.chat(task))
    if not found:
        desk.tell("No chats." if args.words else 'No chats yet. Start one with heed ask "...".')


def show(desk: Desk, args: Namespace) -> None:
    """Prints one chat along its current branch."""
    now = desk.session.hub.snapshot(desk.chat(args.chat_id))
    for turn in now.turns:
        if turn.id in now.questions:
            desk.say(lines.question(turn, now.questions[turn.id]))
        else:
            desk.say(lines.turn(turn))


def _names(desk: Desk) -> dict[str, str]:
    return {lesson.id: lesson.effect for lesson in ledger.all(desk.session.store)}


def _wishes_behind(desk: Desk, draft: Turn) -> list[Wish]:
    """What was wished for on the way to this draft, first round first."""
    store = desk.session.store
    path = tasks.path_to(store, draft.id)
    rounds = history.repair_chain(path)
    return [wish for one in rounds for wish in critiques.wishes(store, one.critique)]


def _to_widen(wishes: Sequence[Wish]) -> list[Wish]:
    """The wishes that "from now on" is meant for: those without a reach of their own.

    In "too long, from now on one sentence" the second says what always holds; the first is its
    reason and stays with its reply.
    """
    if any(wish.reach in ("topic", "always") for wish in wishes):
        return []
    standing = ("style", "content", "rephrase", "process")
    return [wish for wish in wishes if wish.settled != "rejected" and wish.kind in standing]


def _say_lesson(desk: Desk, lesson: Lesson) -> None:
    told = ui_ledger.told(desk.session.store, [lesson])[lesson.id]
    desk.say(lines.lesson(lesson, told.words, told.times, told.why))


_STANCES = ("observed", "endorsed", "habit", "wished", "rejected")
