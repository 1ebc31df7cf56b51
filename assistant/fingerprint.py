"""What tells the weights of one base from another's of the same name, without reading them all.

Knows no network: it reads the folder, so that device and quantisation do not matter. What was made
for one base does not fit another.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from data.types import AdapterVersion, Refusal

PROBE = 1 << 12  # bytes read at the start, the middle and the end of each tensor
# Of config.json: who wrote it, and not what the model is.
WRITTEN = ("_name_or_path", "transformers_version", "dtype", "torch_dtype")


def of(folder: Path) -> str:
    """SHA-256, in hex, of the config and of a sample of every tensor in a transformers folder.

    The same however the tensors are spread over files. A change of a few rows may go unseen.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    told = {name: value for name, value in config.items() if name not in WRITTEN}
    samples = sorted(one for file in folder.glob("*.safetensors") for one in _samples(file))
    text = json.dumps([told, samples], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def expect_base(version: AdapterVersion, base: str, fingerprint: str = "") -> None:
    """Raises Refusal if the version was made for another base, quantisation or other weights."""
    why = misfit(version, base, fingerprint)
    if why is not None:
        raise Refusal(f"{why} Load what it was made for, or teach its lessons anew.")


def misfit(version: AdapterVersion, base: str, fingerprint: str = "") -> str | None:
    """Why a version does not fit the base that is loaded, as a sentence; None if it does.

    A version or a base without a fingerprint is told by its name alone.
    """
    made_for = json.loads(version.settings).get("fingerprint", "")
    if version.base == base and (not made_for or not fingerprint or made_for == fingerprint):
        return None
    if same_base(version.base, base):
        return (
            f"Version {version.number} was made for other weights of {base!r} than are loaded now: "
            "the model has changed since."
        )
    return (
        f"Version {version.number} was made for {version.base!r} and does not fit {base!r}, the "
        "model that is loaded."
    )


def same_base(one: str, other: str) -> bool:
    """Whether two names are of one model, as it was and as it is: digests behind "@" may differ."""
    return re.sub(r"@[0-9a-f]{8}(?=/)", "", one) == re.sub(r"@[0-9a-f]{8}(?=/)", "", other)


def _samples(file: Path) -> list[tuple[str, str, list[int], str]]:
    """Name, type, shape and hash of probes of each tensor; by the layout of the format."""
    found = []
    with file.open("rb") as data:
        size = int.from_bytes(data.read(8), "little")
        header = json.loads(data.read(size))
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            start, end = (8 + size + at for at in entry["data_offsets"])
            digest = hashlib.sha256()
            for at in (start, (start + end) // 2, max(start, end - PROBE)):
                data.seek(at)
                digest.update(data.read(min(PROBE, end - at)))
            found.append((name, entry["dtype"], entry["shape"], digest.hexdigest()))
    return found
