"""The page listens on this computer alone unless a password was set."""

from __future__ import annotations

import pytest

from data.types import Refusal
from ui import door


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "example.org"])
def test_another_address_needs_a_password(host: str) -> None:
    with pytest.raises(Refusal, match="--password"):
        door.allowed(host, "")


def test_loopback_needs_none() -> None:
    assert "127.0.0.1" in door.allowed("127.0.0.1", "")
    assert "localhost" in door.allowed("::1", "")


def test_a_taken_port_gives_the_next_one() -> None:
    with door.bind("127.0.0.1", 0) as first:
        taken = first.getsockname()[1]
        with door.bind("127.0.0.1", taken) as second:
            assert second.getsockname()[1] > taken
