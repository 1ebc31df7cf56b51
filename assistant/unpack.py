"""A GGUF file into a folder that transformers loads: whole or absent.

Knows no name and no home; the starter and `--model some.gguf` both come through here.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import json
import struct
from collections.abc import Callable
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

from assistant import whole as files
from data.types import Refusal

RECORD = "unpacked.json"  # written last: its existence means that the folder is whole
MAGIC = b"GGUF"


def whole(folder: Path) -> bool:
    """Whether the folder is a finished unpacking."""
    return (folder / RECORD).is_file()


def gguf(file: Path, folder: Path, progress: Callable[[str, float], None]) -> None:
    """Unpacks a GGUF file's weights to bfloat16 in `folder`; `progress` gets a label and a share.

    Where another process has unpacked it meanwhile, its folder stands. Raises Refusal if the file
    is no GGUF file, is damaged, holds a kind of model that transformers does not know, or if the
    disk takes no more.
    """
    _expect_gguf(file)
    with files.folder(folder, RECORD) as partial:
        progress("Unpacking the model's words", 0.05)
        try:
            tokenizer = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
            progress("Unpacking the model's weights", 0.2)
            with redirect_stderr(StringIO()):  # transformers 5.23 has no switch for this bar
                model = AutoModelForCausalLM.from_pretrained(
                    file.parent,
                    gguf_file=file.name,
                    # Without this transformers 5.23 leaves a GGUF mark on the config.
                    quantization_config=GgufConfig(dequantize=True),
                    dtype=torch.bfloat16,
                )
        # The reader has no error of its own: a damaged file shows as whatever its bytes ran into.
        except Exception as problem:
            raise Refusal(
                f"{str(file)!r} cannot be unpacked, it may be damaged or of an unknown kind: "
                f"{first_line(problem)}."
            ) from problem
        progress("Keeping the unpacked model", 0.8)
        model.save_pretrained(partial)
        tokenizer.save_pretrained(partial)
        told = {"file": file.name, "bytes": file.stat().st_size}
        (partial / RECORD).write_text(json.dumps(told), encoding="utf-8")
    progress("The model is unpacked", 1.0)


def _expect_gguf(file: Path) -> None:
    try:
        with file.open("rb") as data:
            head = data.read(8)
    except OSError as problem:
        raise Refusal(f"{str(file)!r} cannot be read: {problem.strerror}.") from problem
    if len(head) < 8 or head[:4] != MAGIC:
        raise Refusal(f"{str(file)!r} is not a GGUF file.")
    (version,) = struct.unpack("<I", head[4:])
    if version not in (2, 3):
        raise Refusal(f"{str(file)!r} is GGUF version {version}; heed reads versions 2 and 3.")


def first_line(problem: Exception) -> str:
    """The first line of an error's words, short, without a full stop: it ends a sentence."""
    words = str(problem).strip().splitlines() or [type(problem).__name__]
    return words[0][:200].rstrip(". ")
