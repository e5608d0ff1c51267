"""The network that reads events: an encoder and what is read off the words' vectors."""

import torch
from torch import nn
from torch.nn import functional as F

from ..quant import Linear
from .labels import Labels

ROLE = 192
ROLES = ("actor", "recipient", "in an actor", "in a recipient")


class EventNetwork(nn.Module):
    def __init__(self, encoder: nn.Module, labels: Labels, dropout: float = 0.2):
        super().__init__()
        self.encoder = encoder
        self.sizes = labels.sizes()
        width = encoder.width
        self.tags = Linear(width, sum(self.sizes.values()))
        self.project = Linear(width, 2 * ROLE)
        self.role = Linear(ROLE, len(ROLES) * (ROLE + 1))
        self.drop = nn.Dropout(dropout)
        nn.init.normal_(self.role.weight, std=0.02)
        nn.init.zeros_(self.role.bias)
        self.pair = Pair(width, self.sizes["type"])

    def words(self, batch: dict) -> torch.Tensor:
        hidden = self.encoder(batch["pieces"], batch["case"], batch["mask"])
        return torch.gather(hidden, 1, batch["first"][..., None].expand(-1, -1, hidden.shape[-1]))

    def forward(self, batch: dict) -> dict[str, torch.Tensor]:
        """Scores of types, modes, statuses, `historic`, parties' sectors by word (b, w, labels), and of roles (b, w: trigger, r, w)."""
        words = self.words(batch)
        if "source" in batch:
            return {"pair": self.pair(words, batch["words"], batch["source"], batch["target"])}
        return self.read(words)

    def read(self, words: torch.Tensor) -> dict[str, torch.Tensor]:
        words = self.drop(words)
        out = dict(zip(self.sizes, self.tags(words).split(list(self.sizes.values()), -1)))
        trigger, party = (self.drop(x) for x in F.relu(self.project(words)).split(ROLE, -1))
        b, w, _ = words.shape
        mixed = self.role(trigger).view(b, w * len(ROLES), ROLE + 1)
        out["role"] = (mixed @ F.pad(party, (0, 1), value=1.0).transpose(1, 2)).view(b, w, len(ROLES), w)
        return out


class Pair(nn.Module):
    """The type of what a marked source does to a marked target: the means of both, and of the whole."""

    def __init__(self, width: int, types: int, dropout: float = 0.2):
        super().__init__()
        self.hidden, self.out = Linear(3 * width, width), nn.Linear(width, types)
        self.drop = nn.Dropout(dropout)

    def forward(self, words: torch.Tensor, mask: torch.Tensor, source: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        pool = lambda m: (words * m[..., None].to(words.dtype)).sum(1) / m.sum(1, keepdim=True).clamp(min=1)
        joined = torch.cat([pool(source), pool(target), pool(mask)], -1)
        return self.out(self.drop(torch.tanh(self.hidden(self.drop(joined)))))
