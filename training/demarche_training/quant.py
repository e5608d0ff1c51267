"""Linear layers that can train as if they ran in eight bits.

Weights: symmetric, one scale an output column, 7 bits (-63..63), so that processors without VNNI cannot saturate.
Activations: unsigned 8 bits with one fixed scale and zero point a layer, so that a sentence's numbers never depend on the
sentences batched with it.
"""

import torch
from torch import nn
from torch.nn import functional as F

WEIGHT_MAX = 63


class _Round(torch.autograd.Function):
    """Rounds going forward, passes the gradient through going back."""

    @staticmethod
    def forward(ctx, x):
        return torch.round(x)

    @staticmethod
    def backward(ctx, grad):
        return grad


class Activation(nn.Module):
    """The range of an activation: observed, then fixed and faked."""

    def __init__(self):
        super().__init__()
        self.register_buffer("low", torch.zeros(()))
        self.register_buffer("high", torch.zeros(()))
        self.mode = "off"

    def observe(self, x):
        flat = x.detach().float().flatten()
        if flat.numel() > 200_000:
            flat = flat[torch.randint(flat.numel(), (200_000,), device=flat.device)]
        low, high = torch.quantile(flat[: 2**24], torch.tensor([0.0001, 0.9999], device=flat.device))
        first = (self.high == 0) & (self.low == 0)
        mix = lambda old, new: torch.where(first, new, 0.95 * old + 0.05 * new)
        self.low.copy_(mix(self.low, low.clamp(max=0)))
        self.high.copy_(mix(self.high, high.clamp(min=1e-3)))

    def scale_zero(self):
        scale = (self.high - self.low) / 255
        return scale, torch.round(-self.low / scale).clamp(0, 255)

    def forward(self, x):
        if self.mode == "observe":
            self.observe(x)
        if self.mode != "fake":
            return x
        scale, zero = self.scale_zero()
        q = (_Round.apply(x.float() / scale) + zero).clamp(0, 255)
        return ((q - zero) * scale).to(x.dtype)


def weight_scale(weight):
    """One scale an output row of `weight` (out, in)."""
    return weight.detach().abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / WEIGHT_MAX


def rounded(weight):
    """`weight` as it comes out of seven bits."""
    scale = weight_scale(weight)
    return _Round.apply(weight / scale).clamp(-WEIGHT_MAX, WEIGHT_MAX) * scale


class Linear(nn.Linear):
    """A linear layer whose input and weights can be faked as eight bits; `act` is the range of its input, `rounded` what becomes of its weights."""

    def __init__(self, n_in, n_out, bias=True):
        super().__init__(n_in, n_out, bias)
        self.act = Activation()
        self.rounded = rounded

    def forward(self, x):
        return self.product(self.act(x))

    def product(self, x):
        """The product of an input that has its range already."""
        weight = self.rounded(self.weight) if self.act.mode == "fake" else self.weight
        return F.linear(x, weight, self.bias)


def set_mode(model, mode):
    for module in model.modules():
        if isinstance(module, Activation):
            module.mode = mode
