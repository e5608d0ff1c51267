"""Minus the log likelihood of what is marked, by sentence; each part of an event counts as one decision."""

import torch
from torch.nn import functional as F

from .batches import IGNORE


def told(out: dict[str, torch.Tensor], batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    windows = len(batch["pieces"])
    losses = _placed(out, batch, ("sector", "country"))
    if "type" in batch:
        losses |= _events(out, batch)
    return {k: v / windows for k, v in losses.items()}


def _placed(out: dict[str, torch.Tensor], batch: dict[str, torch.Tensor], keys: tuple[str, ...]) -> dict[str, torch.Tensor]:
    """Labels of single words, given as rows of row, word and label."""
    losses = {}
    for key in keys:
        if len(batch.get(key, ())):
            row, word, label = batch[key].unbind(1)
            losses[key] = F.cross_entropy(out[key][row, word].float(), label, reduction="sum")
    return losses


def _events(out: dict[str, torch.Tensor], batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    kinds = F.cross_entropy(out["type"].float().flatten(0, 1), batch["type"].flatten(), ignore_index=IGNORE, reduction="sum")
    losses = {"type": kinds}
    if len(batch["at"]):
        pick = lambda x: x[batch["row"], batch["at"]].float()
        losses["mode"] = F.cross_entropy(pick(out["mode"]), batch["mode"], reduction="sum")
        losses["status"] = F.cross_entropy(pick(out["status"]), batch["status"], reduction="sum")
        losses["historic"] = F.binary_cross_entropy_with_logits(pick(out["historic"])[:, 0], batch["historic"], reduction="sum")
        there = batch["words"][batch["row"]][:, None].float()
        role = F.binary_cross_entropy_with_logits(pick(out["role"]), batch["role"].float(), reduction="none") * there
        losses["role"] = role[:, :2].sum()
        losses["extent"] = role[:, 2:].sum()
    return losses


def pair(out: dict[str, torch.Tensor], batch: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Minus the log of the probability that the types a marked pair admits share."""
    log = torch.log_softmax(out["pair"].float(), -1).masked_fill(~batch["admitted"], -1e4)
    return {"pair": -torch.logsumexp(log, -1).mean()}
