"""What the computer has and which sizes fit."""

from __future__ import annotations

import pytest

from assistant import doctor, quantize

pytestmark = pytest.mark.weights


def test_this_computer_is_described() -> None:
    found = doctor.look()

    assert 0 < found.free <= found.total
    assert found.cores >= 1
    assert [size.billions for size in found.sizes] == sorted(doctor.BILLIONS)


def test_a_size_that_fits_leaves_room_for_every_smaller_one() -> None:
    free = 8 * quantize.GIB

    fits = [doctor.fit(billions, free).fits for billions in doctor.BILLIONS]

    assert fits == sorted(fits, reverse=True)
    assert fits[0]
    assert not fits[-1]
