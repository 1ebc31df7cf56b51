"""The losses say what their formulas say."""

from __future__ import annotations

import math

import pytest
import torch

from assistant import losses

pytestmark = pytest.mark.weights  # imports torch


def logits(tokens: int = 5, vocabulary: int = 40, seed: int = 0) -> torch.Tensor:
    return 3.0 * torch.randn(tokens, vocabulary, generator=torch.Generator().manual_seed(seed))


def full_kl(teacher: torch.Tensor, student: torch.Tensor) -> torch.Tensor:
    p, q = teacher.log_softmax(-1), student.log_softmax(-1)
    return (p.exp() * (p - q)).sum(-1)


def topk_of(teacher: torch.Tensor, k: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    top, index = teacher.log_softmax(-1).topk(k, -1)
    return top, index, losses.tail_log(top)


def test_topk_kl_over_all_but_one_token_is_the_full_kl() -> None:
    teacher, student = logits(seed=1), logits(seed=2)

    kl = losses.topk_kl(*topk_of(teacher, 39), student)

    torch.testing.assert_close(kl, full_kl(teacher, student), atol=1e-4, rtol=1e-4)


def test_topk_kl_is_a_lower_bound_that_grows_with_k() -> None:
    teacher, student = logits(seed=1), logits(seed=2)

    readings = [losses.topk_kl(*topk_of(teacher, k), student).mean() for k in (1, 5, 20, 39)]

    assert readings == sorted(readings)
    assert readings[-1] <= full_kl(teacher, student).mean() + 1e-4


def test_topk_kl_of_a_model_to_itself_is_zero() -> None:
    teacher = logits()

    kl = losses.topk_kl(*topk_of(teacher, 8), teacher)

    torch.testing.assert_close(kl, torch.zeros(5), atol=1e-5, rtol=0.0)


def test_a_rounded_top_mass_above_one_gives_no_nan() -> None:
    certain = torch.zeros(2, 10)
    certain[:, 3] = 60.0
    top, index, _ = topk_of(certain, 4)
    overfull = top + 0.01  # as rounding to fp16 can do

    kl = losses.topk_kl(overfull, index, losses.tail_log(overfull), certain)

    assert torch.isfinite(kl).all()


def test_gradients_of_topk_kl_point_to_the_teacher() -> None:
    teacher = logits(seed=1)
    student = logits(seed=2).requires_grad_()
    before = losses.topk_kl(*topk_of(teacher, 8), student).sum()
    (slope,) = torch.autograd.grad(before, student)

    after = losses.topk_kl(*topk_of(teacher, 8), student.detach() - 0.05 * slope).sum()

    assert after < before


def test_hard_fit_without_smoothing_is_minus_the_token_logprob() -> None:
    targets = torch.tensor([1, 2, 3, 4, 5])

    fit = losses.hard_fit(logits(), targets)

    torch.testing.assert_close(fit, -losses.token_logprobs(logits(), targets))


def test_smoothing_agrees_with_the_library() -> None:
    targets = torch.tensor([1, 2, 3, 4, 5])

    fit = losses.hard_fit(logits(), targets, smoothing=0.05)

    expected = torch.nn.functional.cross_entropy(
        logits(), targets, reduction="none", label_smoothing=0.05
    )
    torch.testing.assert_close(fit, expected)


def test_the_first_pair_loss_is_ln_2_at_the_reference() -> None:
    at_reference = losses.margin(*(torch.tensor([-20.0]),) * 4)

    assert losses.pair_loss(at_reference).item() == pytest.approx(math.log(2))
    assert losses.pair_loss(at_reference, doubt=0.1).item() == pytest.approx(math.log(2))


def test_swapped_sides_negate_the_margin() -> None:
    sides = [torch.tensor([x]) for x in (-10.0, -30.0, -12.0, -25.0)]
    chosen, rejected, ref_chosen, ref_rejected = sides

    straight = losses.margin(chosen, rejected, ref_chosen, ref_rejected)
    swapped = losses.margin(rejected, chosen, ref_rejected, ref_chosen)

    assert straight.item() == 7.0
    torch.testing.assert_close(straight, -swapped)


def test_a_satisfied_pair_is_left_alone() -> None:
    margins = torch.tensor([0.0, 19.9, 20.1], requires_grad=True)

    (slope,) = torch.autograd.grad(losses.pair_loss(margins, beta=0.1).sum(), margins)

    assert slope[0] < 0
    assert slope[1] < 0
    assert slope[2] == 0


def test_the_weight_of_a_drift_term_follows_the_drift() -> None:
    assert losses.next_sigma(1.0, kl=0.02, target=0.02) == 1.0
    assert losses.next_sigma(1.0, kl=0.5, target=0.02) == pytest.approx(math.exp(0.7))
    assert losses.next_sigma(1.0, kl=0.0, target=0.02) == pytest.approx(math.exp(-0.7))
    assert losses.next_sigma(2.9, kl=0.5, target=0.02) == 3.0
    assert losses.next_sigma(0.11, kl=0.0, target=0.02) == 0.1
