"""A prompt's split is a hash of its words, and its shares are those of the design."""

from __future__ import annotations

from collections import Counter

from data.split import prompt_id, split_of


def test_case_width_and_spaces_do_not_make_another_prompt() -> None:
    assert prompt_id("Tell me  about TEA\n") == prompt_id("tell me about tea")
    assert prompt_id("\uff34ell me about tea") == prompt_id("tell me about tea")
    assert prompt_id("tell me about tea") != prompt_id("tell me about coffee")


def test_a_persons_own_prompts_are_never_audited() -> None:
    shares = Counter(split_of(f"my question number {n}", "chat") for n in range(4000))

    assert shares["audit"] == 0
    assert 0.77 < shares["train"] / 4000 < 0.83


def test_pool_and_bundled_prompts_are_split_sixty_thirty_ten() -> None:
    shares = Counter(split_of(f"pool prompt number {n}", "pool") for n in range(4000))

    assert 0.57 < shares["train"] / 4000 < 0.63
    assert 0.27 < shares["held"] / 4000 < 0.33
    assert 0.08 < shares["audit"] / 4000 < 0.12
    assert all(
        split_of(f"prompt {n}", "pool") == split_of(f"prompt {n}", "bundled") for n in range(50)
    )
