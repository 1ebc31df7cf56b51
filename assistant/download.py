"""A model by its Hugging Face id: from the cache of this computer, else over the network.

The only file of heed that reaches the network, and only when `--model` names something remote.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import json
import shutil
from collections.abc import Callable
from fnmatch import fnmatch
from io import StringIO
from pathlib import Path
from typing import Any

import httpx2
from huggingface_hub import HfApi, constants, hf_hub_download, snapshot_download
from huggingface_hub.errors import (
    GatedRepoError,
    HFValidationError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
)
from huggingface_hub.hf_api import ModelInfo
from tqdm import tqdm

from assistant.quantize import GIB
from assistant.unpack import first_line
from data.types import Refusal

# No code, no pickles, no second copy of the weights in another format.
PATTERNS = ("*.json", "*.safetensors", "*.jinja", "tokenizer.model", "merges.txt", "vocab.txt")


class Hub:
    """Where models come from and where they are kept."""

    def __init__(self, endpoint: str | None = None, cache: Path | None = None) -> None:
        """None: the public hub and the cache that other programs on this computer share."""
        self._endpoint = endpoint
        self._cache = cache or Path(constants.HF_HUB_CACHE)

    def folder(
        self,
        model: str,
        tell: Callable[[str, float], None],
        expect_room: Callable[[int], None],
    ) -> Path:
        """A model's files; asks nobody if they are all here.

        `expect_room` is given the bytes of the weights before anything is fetched, and refuses.
        Raises Refusal for an unknown id, a missing network, a missing permission or a full disk.
        """
        return self._kept(model) or self._fetch(model, tell, expect_room)

    def _kept(self, model: str) -> Path | None:
        try:
            found = snapshot_download(
                model,
                cache_dir=self._cache,
                local_files_only=True,
                allow_patterns=list(PATTERNS),
            )
        except LocalEntryNotFoundError:
            return None
        except HFValidationError as problem:
            raise Refusal(f"{model!r} is no Hugging Face id, no folder and no file.") from problem
        folder = Path(found)
        return folder if complete(folder) else None

    def _fetch(
        self,
        model: str,
        tell: Callable[[str, float], None],
        expect_room: Callable[[int], None],
    ) -> Path:
        tell(f"Asking for {model}", 0.0)
        try:
            info = HfApi(endpoint=self._endpoint).model_info(model, files_metadata=True)
            sizes = _sizes(info)
            weights = sum(size for name, size in sizes.items() if name.endswith(".safetensors"))
            if weights == 0:
                raise Refusal(f"{model!r} has no .safetensors weights; heed loads nothing else.")
            expect_room(weights)
            self._expect_disk(model, sum(sizes.values()))
            return self._fetch_files(model, sizes, tell)
        except GatedRepoError as problem:
            raise Refusal(
                f"{model!r} asks for its terms to be accepted on its web page first; then log in "
                "with `hf auth login`."
            ) from problem
        except RepositoryNotFoundError as problem:
            raise Refusal(f"There is no model {model!r} on the hub, or it is private.") from problem
        except httpx2.TransportError as problem:
            raise Refusal(
                f"{model!r} is not on this computer and the network cannot be reached. Without "
                "--model heed uses its starter model, which needs none."
            ) from problem
        except (httpx2.HTTPError, OSError) as problem:
            raise Refusal(f"{model!r} could not be fetched: {first_line(problem)}.") from problem

    def _fetch_files(
        self,
        model: str,
        sizes: dict[str, int],
        tell: Callable[[str, float], None],
    ) -> Path:
        total = sum(sizes.values())
        done = 0
        folder = Path()
        for name in sorted(sizes, key=lambda name: sizes[name]):

            def share(here: int, before: int = done, name: str = name) -> None:
                tell(f"Fetching {name} ({total / GIB:.1f} GiB in all)", (before + here) / total)

            file = hf_hub_download(
                model,
                name,
                cache_dir=self._cache,
                endpoint=self._endpoint,
                tqdm_class=_bar(share),
            )
            done += sizes[name]
            share(0, done)
            if "/" not in name:
                folder = Path(file).parent
        return folder

    def _expect_disk(self, model: str, size: int) -> None:
        self._cache.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self._cache).free
        if size > free:
            raise Refusal(
                f"{model!r} takes {size / GIB:.1f} GiB on the disk and {free / GIB:.1f} GiB are "
                f"free in {str(self._cache)!r}."
            )


def complete(folder: Path) -> bool:
    """Whether a folder holds a config and every file of weights that its index names."""
    index = folder / "model.safetensors.index.json"
    names = _index(index) if index.is_file() else ["model.safetensors"]
    return (folder / "config.json").is_file() and all((folder / name).is_file() for name in names)


def _index(file: Path) -> list[str]:
    return list(json.loads(file.read_text(encoding="utf-8"))["weight_map"].values())


def _sizes(info: ModelInfo) -> dict[str, int]:
    return {
        file.rfilename: file.size or 0
        for file in info.siblings or []
        if "/" not in file.rfilename and any(fnmatch(file.rfilename, one) for one in PATTERNS)
    }


def _bar(share: Callable[[int], None]) -> type[Any]:
    """A progress bar class as the hub's client wants one; it draws nothing and tells the bytes."""

    class Bar(tqdm):  # type: ignore[misc]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options | {"file": StringIO(), "disable": False})

        def update(self, n: float | None = 1) -> bool | None:
            moved = super().update(n)
            share(int(self.n))
            return bool(moved)

    return Bar
