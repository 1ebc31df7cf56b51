"""What stands in for the asker's prior and its bank where a test is about something else.

Knows no person; nothing here is random.
"""

from __future__ import annotations

import numpy as np

from clarify.bank import Bank
from clarify.prior import Prior

NEED = 0.7  # of every request, as in the worked table


def vague(need: float = NEED) -> Prior:
    """A prior that finds every request equally vague."""
    return Prior({}, {}, (), (), float(np.log(need / (1.0 - need))))


def empty_bank() -> Bank:
    """A bank without a question."""
    nothing = np.zeros((0, 384), np.float32)
    return Bank((), nothing, nothing)
