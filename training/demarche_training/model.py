"""The reader: one pass of a small encoder and its heads.

Pieces go in with the letter case that an uncased vocabulary loses; words come out as the vectors of their first pieces.
Heads: universal and fine tags and features; biaffine arcs (Dozat and Manning 2017); relations of chosen arcs; mentions as
scored spans (Yu et al. 2020); sources, cues and contents of attributions as tags; events as tags of their triggers, with a
biaffine score of every word as actor and as recipient; and, where a second pass marks a source and a target, their relation.
"""

import torch
from torch import nn
from torch.nn import functional as F

from .quant import Linear

ARC, REL, SPAN, ROLE, HIDDEN = 320, 192, 96, 96, 256


class MiniLM(nn.Module):
    """MiniLM-L6-H384 (BERT's architecture), written out so that every product can be quantised."""

    def __init__(self, width=384, layers=6, inner=1536, heads=12, vocabulary=30522, positions=512, dropout=0.1):
        super().__init__()
        self.width, self.heads = width, heads
        self.word = nn.Embedding(vocabulary, width)
        self.position = nn.Embedding(positions, width)
        self.case = nn.Embedding(15, width)  # letter case; the same in a marked source, in a marked target
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList([Layer(width, inner, heads, dropout) for _ in range(layers)])
        self.drop = nn.Dropout(dropout)

    def load(self, state):
        """Takes the weights of a BERT checkpoint; the case embedding begins at zero."""
        e = "embeddings."
        copy = lambda to, name: to.data.copy_(state[name])
        copy(self.word.weight, e + "word_embeddings.weight")
        copy(self.position.weight, e + "position_embeddings.weight")
        self.position.weight.data += state[e + "token_type_embeddings.weight"][0]
        copy(self.norm.weight, e + "LayerNorm.weight")
        copy(self.norm.bias, e + "LayerNorm.bias")
        self.case.weight.data.zero_()
        for i, layer in enumerate(self.layers):
            layer.load(state, f"encoder.layer.{i}.")

    def forward(self, pieces, case, mask):
        at = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.drop(self.norm(self.word(pieces) + self.position(at) + self.case(case)))
        bias = (~mask)[:, None, None, :].to(x.dtype) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Layer(nn.Module):
    def __init__(self, width, inner, heads, dropout):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (Linear(width, width) for _ in range(4))
        self.up, self.down = Linear(width, inner), Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def load(self, state, at):
        names = {"attention.self.query": self.query, "attention.self.key": self.key, "attention.self.value": self.value,
                 "attention.output.dense": self.out, "attention.output.LayerNorm": self.norm1,
                 "intermediate.dense": self.up, "output.dense": self.down, "output.LayerNorm": self.norm2}
        for name, module in names.items():
            module.weight.data.copy_(state[f"{at}{name}.weight"])
            module.bias.data.copy_(state[f"{at}{name}.bias"])

    def prune(self, keep):
        """Keeps only these inner units of the feed-forward part."""
        up, down = Linear(self.up.in_features, len(keep)), Linear(len(keep), self.down.out_features)
        up.weight.data.copy_(self.up.weight.data[keep])
        up.bias.data.copy_(self.up.bias.data[keep])
        down.weight.data.copy_(self.down.weight.data[:, keep])
        down.bias.data.copy_(self.down.bias.data)
        self.up, self.down = up.to(keep.device), down.to(keep.device)

    def forward(self, x, bias):
        b, s, d = x.shape
        split = lambda y: y.view(b, s, self.heads, d // self.heads).transpose(1, 2)
        # The three products read the same input: one range serves them.
        x_in = self.query.act(x)
        q, k, v = (split(linear.product(x_in)) for linear in (self.query, self.key, self.value))
        weights = torch.softmax((q @ k.transpose(-1, -2) * (d // self.heads) ** -0.5 + bias).float(), -1).to(x.dtype)
        mixed = (self.drop(weights) @ v).transpose(1, 2).reshape(b, s, d)
        x = self.norm1(x + self.drop(self.out(mixed)))
        self.inner = F.gelu(self.up(x))
        return self.norm2(x + self.drop(self.down(self.inner)))


class Teacher(nn.Module):
    """MPNet-base with a case embedding: trains the small reader, never ships."""

    def __init__(self, path, pretrained):
        """From the folder of an MPNet: its weights where `pretrained`, else its shape alone, to load a state into."""
        super().__init__()
        from transformers import MPNetConfig, MPNetModel
        if pretrained:
            self.body = MPNetModel.from_pretrained(path, add_pooling_layer=False)
        else:
            self.body = MPNetModel(MPNetConfig.from_pretrained(path), add_pooling_layer=False)
        self.width = self.body.config.hidden_size
        self.case = nn.Embedding(5, self.width)
        nn.init.zeros_(self.case.weight)

    def forward(self, pieces, case, mask):
        # MPNet's vocabulary is BERT's shifted by four, with its own marks.
        ids = pieces + 4
        ids = torch.where(pieces == 101, 0, torch.where(pieces == 102, 2, torch.where(pieces == 0, 1, ids)))
        x = self.body.embeddings.word_embeddings(ids) + self.case(case)
        return self.body(inputs_embeds=x, attention_mask=mask.long()).last_hidden_state


class Heads(nn.Module):
    """Everything read off the word vectors."""

    def __init__(self, width, labels, dropout=0.33):
        super().__init__()
        n = {k: len(v) for k, v in labels.items()}
        self.sizes = [n["upos"], n["xpos"], n["feats"], 3 * n["attribution"], n["event"], n["mode"]]
        self.tags = Linear(width, sum(self.sizes))
        self.parts = [ARC, ARC, REL, REL, SPAN, SPAN, ROLE, ROLE]
        self.project = Linear(width, sum(self.parts))
        self.arc = Linear(ARC, ARC + 1)
        self.mentions = n["mention"] + 1
        self.span = Linear(SPAN, self.mentions * (SPAN + 1))
        self.role = Linear(ROLE, 2 * (ROLE + 1))
        self.attach = Attach(n["deprel"])
        self.drop = nn.Dropout(dropout)
        for bilinear in (self.arc, self.span, self.role):
            nn.init.normal_(bilinear.weight, std=0.02)
            nn.init.zeros_(bilinear.bias)

    def forward(self, words):
        """`words` is (batch, 1 + words, width), the first the root. Scores of arcs (b, w, 1+w), mentions (b, w, T, w: last
        word) and roles (b, w: trigger, 2: actor and recipient, w), tags, and `rel`, which gives the relations' scores (b, w, L) at chosen heads (b, w)."""
        words = self.drop(words)
        tags = self.tags(words[:, 1:]).split(self.sizes, -1)
        parts = F.relu(self.project(words)).split(self.parts, -1)
        dep, head, rel_dep, rel_head, first, last, trigger, party = [self.drop(p) for p in parts]
        arc = self._biaffine(self.arc, dep[:, 1:], head, 1)[:, :, 0]
        span = self._biaffine(self.span, first[:, 1:], last[:, 1:], self.mentions)
        role = self._biaffine(self.role, trigger[:, 1:], party[:, 1:], 2)

        def rel(heads):
            at = heads.clamp(min=0)[..., None].expand(-1, -1, rel_head.shape[-1])
            return self.attach(rel_dep[:, 1:].float(), torch.gather(rel_head, 1, at).float())

        return {"upos": tags[0], "xpos": tags[1], "feats": tags[2], "attribution": tags[3].unflatten(-1, (3, 3)), "arc": arc,
                "rel": rel, "span": span, "event": tags[4], "mode": tags[5], "role": role}

    @staticmethod
    def _biaffine(linear, left, right, labels):
        b, w, _ = left.shape
        mixed = linear(left).view(b, w * labels, right.shape[-1] + 1)
        right = F.pad(right, (0, 1), value=1.0)
        return (mixed @ right.transpose(1, 2)).view(b, w, labels, right.shape[1])


class Attach(nn.Module):
    """The relation of a word to its head, once the tree is known: far less work than scoring all pairs."""

    def __init__(self, labels):
        super().__init__()
        self.hidden = nn.Linear(3 * REL, HIDDEN)
        self.out = nn.Linear(HIDDEN, labels)

    def forward(self, dep, head):
        return self.out(F.relu(self.hidden(torch.cat([dep, head, dep * head], -1))))


class Pair(nn.Module):
    """The relation of a source to a target: both pooled, and what the sentence says between them, attended to."""

    def __init__(self, width, labels, dropout=0.2):
        super().__init__()
        self.ask = nn.Linear(2 * width, 2 * width)
        self.hidden = nn.Linear(4 * width, width)
        self.out = nn.Linear(width, len(labels["relation"]))
        self.drop = nn.Dropout(dropout)

    def forward(self, words, mask, source, target):
        pool = lambda m: (words * m[..., None]).sum(1) / m.sum(1, keepdim=True).clamp(min=1)
        s, t = pool(source.to(words.dtype)), pool(target.to(words.dtype))
        ask = self.ask(torch.cat([s, t], -1)).unflatten(-1, (2, -1))
        scores = ask @ words.transpose(1, 2) * words.shape[-1] ** -0.5
        scores = scores.float().masked_fill(~mask[:, None, :], -1e4)
        seen = (torch.softmax(scores, -1).to(words.dtype) @ words).flatten(1)
        return self.out(self.drop(torch.tanh(self.hidden(self.drop(torch.cat([s, t, seen], -1))))))


class Reader(nn.Module):
    def __init__(self, encoder, labels, dropout=0.33):
        super().__init__()
        self.encoder = encoder
        self.heads = Heads(encoder.width, labels, dropout)
        self.pair = Pair(encoder.width, labels)

    def words(self, batch):
        hidden = self.encoder(batch["pieces"], batch["case"], batch["mask"])
        return torch.gather(hidden, 1, batch["first"][..., None].expand(-1, -1, hidden.shape[-1]))

    def forward(self, batch):
        words = self.words(batch)
        if "source" in batch and batch["marked"]:
            return {"relation": self.pair(words[:, 1:], batch["words"], batch["source"], batch["target"])}
        return self.heads(words)

    def widen(self, state):
        """Takes the state of a reader that had fewer labels, or no events: what it lacks begins as it was made here."""
        mine = self.state_dict()
        for name, value in state.items():
            if name.startswith("pair.") and value.shape != mine[name].shape:
                continue
            if name == "encoder.case.weight" and len(value) < len(mine[name]):
                value = value.repeat(len(mine[name]) // len(value), 1)
            mine[name][tuple(slice(n) for n in value.shape)] = value
        self.load_state_dict(mine)
