"""What a person keeps out of learning later on is out, wherever in the repair they say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from data import preferences, tasks
from tests.stand_ins import session


@pytest.mark.parametrize("place", [0, 1, 2, 3])  # request, first draft, critique, accepted draft
def test_no_turn_of_a_repair_that_is_kept_out_leaves_its_pair(tmp_path: Path, place: int) -> None:
    with session(tmp_path) as made:
        made.ask("Why does it rain?")
        made.wait(20)
        (chat,) = tasks.listing(made.store)
        draft = tasks.turns(made.store, chat.id)[-1]
        made.critique(draft.id, "Too long. Answer in one short sentence.")
        made.wait(20)
        turns = tasks.turns(made.store, chat.id)
        made.accept(turns[-1].id)
        assert len(preferences.signals(made.store)) == 1

        made.dont_learn(turns[place].id)

        assert preferences.signals(made.store) == ()
        made.dont_learn(turns[place].id, True)
        assert len(preferences.signals(made.store)) == 1
