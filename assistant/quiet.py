"""Silences the heavy libraries, each at its cause. Import it before any of them.

Knows nothing of heed: it sets log levels, switches progress bars off and refuses telemetry.
"""

from __future__ import annotations

import logging
import os

os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["DISABLE_TELEMETRY"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"  # heed encodes from one thread
# bitsandbytes 0.50.2 asks for a package that would fetch code at run time; heed does without.
logging.getLogger("bitsandbytes.backends.cpu.ops").setLevel(logging.ERROR)

# The libraries read the lines above as they are imported.
from transformers.utils import logging as transformers_logging  # noqa: E402

transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # the hub's as well
transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
