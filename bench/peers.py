"""The peers: TRL's DPOTrainer, and the loop that anybody writes with PEFT, on the same pairs.

Both get the shape of heed's adapter, its rate and its batches; what they save by other settings is
set in their favour. Knows no lesson and no check.
"""

from __future__ import annotations

from assistant import quiet  # noqa: F401

# isort: split

import os
import random
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from torch import nn
from transformers import PreTrainedModel, PrinterCallback, TrainerCallback

from assistant.encode import Encoded, Encoder
from assistant.network import ALPHA, PARTS, RANK, Tensors
from data.types import Message


@dataclass(frozen=True, slots=True)
class Pair:
    """A conversation with the answer that obeys and, if there is one, the answer that does not."""

    messages: tuple[Message, ...]
    chosen: str
    rejected: str | None


@dataclass(frozen=True, slots=True)
class Effort:
    """How a peer is trained; the same numbers as ours wherever it has them."""

    rate: float
    passes: int
    batch: int  # pairs in a step
    seed: int


After = Callable[[int, Tensors], None]  # told after each pass: its number and the adapter
Peer = Callable[[PreTrainedModel, Encoder, Sequence[Pair], Effort, Path, After], int]


def get_ready() -> None:
    """Imports what the peers need, so that no clock counts it. Without the extra "bench": nothing.

    Imports late, since TRL reads the environment as it is imported.
    """
    os.environ |= {"TQDM_DISABLE": "1", "HF_HUB_OFFLINE": "1"}
    if util.find_spec("trl") is not None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from trl import DPOTrainer  # noqa: F401


def dpo(
    model: PreTrainedModel,
    encoder: Encoder,
    pairs: Sequence[Pair],
    effort: Effort,
    folder: Path,
    after: After,
) -> int:
    """TRL's DPOTrainer with PEFT; pairs without a rejected answer are of no use to it.

    Gives how many steps it took. Its defaults but for: the rate (1e-6), no gradient checkpointing,
    which saves memory for time, and reference log-probabilities computed once and not at each step.
    """
    get_ready()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import datasets  # late, with TRL: they come with the extra "bench"
        from trl import DPOConfig, DPOTrainer

        datasets.disable_progress_bars()

        class Told(TrainerCallback):
            def on_epoch_end(self, *_args: object, **_more: object) -> None:
                done.append(1)
                after(len(done), adapter_of(model))

        done: list[int] = []
        on_cpu = model.device.type == "cpu"
        settings = DPOConfig(
            output_dir=str(folder),
            num_train_epochs=effort.passes,
            per_device_train_batch_size=effort.batch,
            learning_rate=effort.rate,
            seed=effort.seed,
            bf16=model.dtype == torch.bfloat16,
            gradient_checkpointing=False,
            precompute_ref_log_probs=True,
            use_cpu=on_cpu,
            dataloader_pin_memory=not on_cpu,
            report_to="none",
            save_strategy="no",
            logging_strategy="no",
            disable_tqdm=True,
        )
        rows = [
            {"prompt": _said(one.messages), "chosen": _reply(one.chosen), "rejected": _reply(other)}
            for one in pairs
            if (other := one.rejected) is not None
        ]
        trainer = DPOTrainer(
            model=model,
            args=settings,
            train_dataset=datasets.Dataset.from_list(rows),
            processing_class=encoder.tokenizer,
            peft_config=_config(model),
            callbacks=[Told()],
        )
        trainer.remove_callback(PrinterCallback)
        trainer.train()
        return int(trainer.state.global_step)


def sft(
    model: PreTrainedModel,
    encoder: Encoder,
    pairs: Sequence[Pair],
    effort: Effort,
    folder: Path,
    after: After,
) -> int:
    """A plain PEFT loop: cross-entropy on the chosen answers, padded batches, a falling rate."""
    torch.manual_seed(effort.seed)
    draw = random.Random(effort.seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its constructor asks transformers for a deprecated name
        tuned = get_peft_model(model, _config(model))
    weights = [weight for weight in tuned.parameters() if weight.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=effort.rate)
    items = [encoder.pair(one.messages, one.chosen) for one in pairs]
    steps = -(-len(items) // effort.batch) * effort.passes
    step = 0
    for number in range(1, effort.passes + 1):
        dealt = draw.sample(items, len(items))
        for at in range(0, len(dealt), effort.batch):
            for group in optimiser.param_groups:
                group["lr"] = effort.rate * (1.0 - step / steps)
            loss = tuned(**_padded(dealt[at : at + effort.batch], model.device)).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
        after(number, adapter_of(model))
    return step


def adapter_of(model: nn.Module) -> Tensors:
    """Copies of the LoRA weights inside a model, named as in a file of PEFT."""
    return {
        f"base_model.model.{name.replace('.default', '')}": weight.detach().float().cpu().numpy()
        for name, weight in model.named_parameters()
        if "lora_" in name
    }


def _config(model: nn.Module) -> LoraConfig:
    parts = sorted({key.rpartition(".")[2] for key, _ in model.named_modules()} & set(PARTS))
    return LoraConfig(
        r=RANK, lora_alpha=ALPHA, lora_dropout=0.0, target_modules=parts, task_type="CAUSAL_LM"
    )


def _padded(items: Sequence[Encoded], device: torch.device) -> dict[str, torch.Tensor]:
    """Ids, mask and labels of shape (items, longest); labels of prompt and padding are -100."""
    longest = max(len(one.ids) for one in items)
    ids = torch.zeros((len(items), longest), dtype=torch.long)
    mask = torch.zeros_like(ids)
    labels = torch.full_like(ids, -100)
    for row, one in enumerate(items):
        ids[row, : len(one.ids)] = torch.tensor(one.ids)
        mask[row, : len(one.ids)] = 1
        labels[row, one.start : len(one.ids)] = torch.tensor(one.reply)
    return {
        "input_ids": ids.to(device),
        "attention_mask": mask.to(device),
        "labels": labels.to(device),
    }


def _said(messages: Sequence[Message]) -> list[dict[str, str]]:
    return [{"role": one.role, "content": one.text} for one in messages]


def _reply(text: str) -> list[dict[str, str]]:
    return [{"role": "assistant", "content": text}]
