"""Scripts in a process of their own, whose disk is full for as long as a test wants it.

A limit on the size of each file stands in for a full disk; it would hold for all other tests too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

limited = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on files")

_BEFORE = """
import json, resource, signal, sys
from pathlib import Path
home = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
_soft, _hard = resource.getrlimit(resource.RLIMIT_FSIZE)

def room(size=_soft):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, _hard))
"""


def run(script: str, home: Path) -> Any:
    """What the script printed as JSON; it may use `home`, and `room(bytes)`, `room()` for no limit.

    Fails if it wrote anything else, or took five minutes.
    """
    ran = subprocess.run(
        [sys.executable, "-c", _BEFORE + script, str(home)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.stderr == ""
    return json.loads(ran.stdout)
