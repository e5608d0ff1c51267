"""MPNet, written out so that every product can be quantised, with a letter-case embedding and as many of its layers as one likes."""

import math

import torch
from torch import nn
from torch.nn import functional as F

from ..quant import Linear

# Rows of its own marks; those of BERT's pieces follow, shifted.
MARKS, SHIFT = {"[CLS]": 0, "[PAD]": 1, "[SEP]": 2, "[UNK]": 3, "[MASK]": 30526}, 4
BUCKETS, FAR = 32, 128


class MPNet(nn.Module):
    """MPNet-base. `pieces` are numbered by the program's vocabulary; `case` is a letter case, or a mark on top of one."""

    def __init__(self, layers: list[int], vocabulary: int, width: int = 768, inner: int = 3072, heads: int = 12, cases: int = 15, dropout: float = 0.1):
        super().__init__()
        self.width, self.heads, self.kept = width, heads, layers
        self.word = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(514, width)
        self.case = nn.Embedding(cases, width)
        self.norm = nn.LayerNorm(width, eps=1e-5)
        self.near = nn.Embedding(BUCKETS, heads)
        self.layers = nn.ModuleList([Layer(width, inner, heads, dropout) for _ in layers])
        self.drop = nn.Dropout(dropout)
        self.rows = nn.Identity()  # what becomes of the rows of the word embedding

    def load(self, state: dict[str, torch.Tensor], rows: list[int]) -> None:
        """Takes the weights of a checkpoint, of its word embedding these rows; the case embedding begins at zero."""
        with torch.no_grad():
            self.word.weight.copy_(state["embeddings.word_embeddings.weight"][rows])
            self.position.weight.copy_(state["embeddings.position_embeddings.weight"])
            self.norm.weight.copy_(state["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(state["embeddings.LayerNorm.bias"])
            self.near.weight.copy_(state["encoder.relative_attention_bias.weight"])
            self.case.weight.zero_()
            for layer, i in zip(self.layers, self.kept):
                layer.load(state, f"encoder.layer.{i}.")

    def forward(self, pieces: torch.Tensor, case: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        length = pieces.shape[1]
        at = torch.arange(length, device=pieces.device)
        x = self.drop(self.norm(self.rows(self.word(pieces)) + self.position(at + 2) + self.case(case)))
        bias = self.near(bucket(at[None] - at[:, None])).permute(2, 0, 1)[None]
        bias = (bias + (~mask)[:, None, None, :].to(bias.dtype) * -1e4).to(x.dtype)
        for layer in self.layers:
            x = layer(x, bias)
        return x


def rows(vocabulary: list[str], full: list[str]) -> list[int]:
    """The rows of MPNet's embedding for the pieces of a vocabulary that is a part of BERT's."""
    place = {piece: i for i, piece in enumerate(full)}
    return [MARKS[piece] if piece in MARKS else place[piece] + SHIFT for piece in vocabulary]


def bucket(distance: torch.Tensor) -> torch.Tensor:
    """The bucket of a distance from one piece to another: exact when near, logarithmic when far, as T5 has it."""
    half = BUCKETS // 2
    sign = (distance > 0).long() * half
    n = distance.abs()
    exact = half // 2
    far = exact + (torch.log(n.float().clamp(min=1) / exact) / math.log(FAR / exact) * (half - exact)).long()
    return sign + torch.where(n < exact, n, far.clamp(max=half - 1))


class Layer(nn.Module):
    def __init__(self, width: int, inner: int, heads: int, dropout: float):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (Linear(width, width) for _ in range(4))
        self.up, self.down = Linear(width, inner), Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-5), nn.LayerNorm(width, eps=1e-5)
        self.drop = nn.Dropout(dropout)

    def load(self, state: dict[str, torch.Tensor], at: str) -> None:
        names = {"attention.attn.q": self.query, "attention.attn.k": self.key, "attention.attn.v": self.value,
                 "attention.attn.o": self.out, "attention.LayerNorm": self.norm1, "intermediate.dense": self.up,
                 "output.dense": self.down, "output.LayerNorm": self.norm2}
        for name, module in names.items():
            module.weight.data.copy_(state[f"{at}{name}.weight"])
            module.bias.data.copy_(state[f"{at}{name}.bias"])

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        b, s, d = x.shape
        read = self.query.act(x)
        q, k, v = (layer.product(read).view(b, s, self.heads, d // self.heads).transpose(1, 2) for layer in (self.query, self.key, self.value))
        drop = self.drop.p if self.training else 0.0
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype), dropout_p=drop)
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(b, s, d))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))
