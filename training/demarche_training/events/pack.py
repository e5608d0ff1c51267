"""Weights in four bits.

A matrix is kept as it is multiplied, one row an input. Each of its columns (an output) has a scale of its own, by which its weights lie between
-63 and 63. Of every 64 weights that follow one another in a row, one byte says how far they reach, and four bits each say which of sixteen levels
they have: the levels are those of a normal distribution (QLoRA's NF4, Dettmers et al. 2023). Unpacked, a weight is a whole number again, so that
products run in eight bits.
"""

import numpy as np
import torch

from ..quant import WEIGHT_MAX

GROUP = 64
LEVELS = torch.tensor([-1.0, -0.6961928, -0.5250730, -0.3949175, -0.2844414, -0.1847734, -0.0910500, 0.0,
                       0.0795803, 0.1609302, 0.2461123, 0.3379152, 0.4407098, 0.5626170, 0.7229568, 1.0]) * WEIGHT_MAX
BETWEEN = (LEVELS[1:] + LEVELS[:-1]) / 2


def scale(weight: torch.Tensor) -> torch.Tensor:
    """One scale a row."""
    return weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / WEIGHT_MAX


def reach(grouped: torch.Tensor) -> torch.Tensor:
    """How far each group reaches, as a whole number from 1 to 255 of the whole range."""
    return torch.ceil(grouped.abs().amax(1, keepdim=True) * (255 / WEIGHT_MAX)).clamp(1, 255)


def choose(grouped: torch.Tensor, reach: torch.Tensor) -> torch.Tensor:
    """The level of each weight, 0 to 15."""
    return torch.bucketize(grouped * (255 / reach), BETWEEN.to(grouped.device))


def rounded(units: torch.Tensor) -> torch.Tensor:
    """Weights in units of their scales as the whole numbers that come out of four bits."""
    grouped = units.reshape(-1, GROUP)
    r = reach(grouped)
    back = torch.round(LEVELS.to(units.device)[choose(grouped, r)] * (r / 255))
    return back.reshape(units.shape)


def packed(units: torch.Tensor) -> bytes:
    """33 bytes a group: its reach, then two levels a byte, the first in the lower half."""
    grouped = units.reshape(-1, GROUP)
    r = reach(grouped)
    levels = choose(grouped, r).numpy().astype(np.uint8)
    pairs = levels[:, 0::2] | levels[:, 1::2] << 4
    return np.concatenate([r.numpy().astype(np.uint8), pairs], 1).tobytes()


def product(weight: torch.Tensor) -> torch.Tensor:
    """The weights of a product (outputs, inputs) as they come out of four bits; gradients pass through."""
    w = weight.detach().float()
    s = scale(w)
    return weight + (rounded((w / s).t()).t() * s - w).to(weight.dtype)


def rows(weight: torch.Tensor) -> torch.Tensor:
    """Rows of an embedding as they come out of four bits; gradients pass through."""
    w = weight.detach().float()
    s = scale(w)
    return weight + (rounded(w / s) * s - w).to(weight.dtype)
