"""Losses against gold labels and against a teacher's distributions, each a mean over words."""

import torch
from torch.nn import functional as F

from .encode import IGNORE

TAGS = ("upos", "xpos", "feats")
# Of words whose events nobody marked: how far they are held to be no trigger and no
# party, how much that weighs, and how sharply the likeliest trigger is preferred.
OTHERS, NONE, SHARP = 0.5, 5.0, 2.0


def mask_arcs(arc, words):
    """Scores of arcs to words that are not there, and of words to themselves, set out of reach."""
    allowed = torch.cat([torch.ones_like(words[:, :1]), words], 1)[:, None, :]
    n = words.shape[1]
    itself = torch.eye(n + 1, device=words.device, dtype=torch.bool)[1:]
    return arc.float().masked_fill(~allowed | itself, -1e4)


def mask_spans(span, words):
    """(b, w, w, T) scores, and which of these spans exist."""
    n = words.shape[1]
    upper = torch.ones(n, n, dtype=torch.bool, device=words.device).triu()
    return span.permute(0, 1, 3, 2).float(), words[:, :, None] & words[:, None, :] & upper


def _cross(scores, gold):
    if not (gold != IGNORE).any():
        return scores.sum() * 0
    return F.cross_entropy(scores.float().flatten(0, -2), gold.flatten(), ignore_index=IGNORE)


def gold(out, batch):
    """Cross entropies where the corpus has labels; the spans' is summed over spans and divided by words."""
    if "relation" in out:
        return {"relation": relation(out["relation"], batch["relation"])}
    losses = events(out, batch)
    if not (batch["head"] != IGNORE).any() and not (batch["attribution"] != IGNORE).any():
        return losses
    words = batch["words"]
    losses |= {k: _cross(out[k], batch[k]) for k in TAGS}
    losses["arc"] = _cross(mask_arcs(out["arc"], words), batch["head"])
    losses["rel"] = _cross(out["rel"](batch["head"]), batch["deprel"])
    losses["attribution"] = _cross(out["attribution"], batch["attribution"])
    span, exists = mask_spans(out["span"], words)
    known = (batch["span"] != IGNORE) & exists
    if known.any():
        total = F.cross_entropy(span[known], batch["span"][known], reduction="sum")
        losses["span"] = total / known.diagonal(dim1=1, dim2=2).sum()
    return losses


def events(out, batch):
    """Triggers and their modes, and the words that are actor and recipient of each; of a relation whose trigger nobody marked,
    the likeliest trigger is told from the scores themselves."""
    losses = {}
    if (batch["trigger"] != IGNORE).any():
        losses["event"] = _cross(out["event"], batch["trigger"])
    if "at" in batch:
        real = batch["at"] != IGNORE
        at = batch["at"].clamp(min=0)
        pick = lambda x: torch.gather(x, 1, at.view(*at.shape, *[1] * (x.dim() - 2)).expand(-1, -1, *x.shape[2:]))
        losses["mode"] = _cross(pick(out["mode"]), batch["mode"])
        role = F.binary_cross_entropy_with_logits(pick(out["role"]).float(), batch["role"].float(), reduction="none")
        there = (real[:, :, None] & batch["words"][:, None])[:, :, None].expand_as(role)
        losses["role"] = role[there].mean()
    if "relation" in batch:
        losses["latent"] = latent(out, batch)
    return losses


def latent(out, batch):
    """Expectation maximization over triggers: log probability that a word has an admissible type, with the source as its
    actor and the target as its recipient (or fellow actor), weighted by how likely each word is the trigger. Words that can be
    no trigger (of the parties, or no verb, noun or adjective by the tags) are held to be none, other words weakly."""
    log = torch.log_softmax(out["event"].float(), -1)
    kind = log.masked_fill(~batch["relation"][:, None], -1e4).logsumexp(-1)
    role = F.logsigmoid(out["role"].float())
    mean = lambda x, mask: (x * mask[:, None]).sum(-1) / mask.sum(-1, keepdim=True).clamp(min=1)
    either = torch.logaddexp(role[:, :, 0], role[:, :, 1]).clamp(max=0)
    score = kind + mean(role[:, :, 0], batch["source"]) + mean(either, batch["target"])
    able = torch.isin(out["upos"].argmax(-1), batch["able"]) & ~batch["source"] & ~batch["target"] & batch["words"]
    weight = torch.softmax(SHARP * score.detach().masked_fill(~able, -1e4), -1) * able.any(-1, keepdim=True)
    none = batch["words"] * torch.where(able, OTHERS * (1 - weight), 1.0)
    # Words of neither party are held, weakly, to be no party.
    apart = (batch["words"] & ~batch["source"] & ~batch["target"])[:, None, None]
    alone = (F.logsigmoid(-out["role"].float()) * apart).sum((2, 3)) / apart.sum((2, 3)).clamp(min=1)
    positive = (weight * (score + OTHERS * alone)).sum(-1).mean()
    return -positive - (none * log[..., 0]).sum() / batch["words"].sum() * NONE


def relation(scores, admissible):
    """Minus the log of the probability that the labels the corpus admits share."""
    return -torch.logsumexp(torch.log_softmax(scores.float(), -1).masked_fill(~admissible, -1e4), -1).mean()


def _kl(scores, probabilities, mask):
    """Mean over masked places of the cross entropy against the teacher's distribution."""
    log = torch.log_softmax(scores.float(), -1)
    each = -(probabilities.float() * log).sum(-1)
    return (each * mask).sum() / mask.sum().clamp(min=1)


def taught(out, batch, teacher):
    """Cross entropies against a teacher's distributions, see `train.teach`."""
    words = batch["words"]
    losses = {k: _kl(out[k], teacher[k], words) for k in TAGS}
    losses["arc"] = _kl(mask_arcs(out["arc"], words), teacher["arc"], words)
    losses["rel"] = _kl(out["rel"](teacher["head"]), teacher["rel"], words)
    span, exists = mask_spans(out["span"], words)
    each = -(teacher["span"].float() * torch.log_softmax(span, -1)).sum(-1) * exists
    losses["span"] = each.sum() / words.sum()
    return losses


def spread(teacher_scores):
    return torch.softmax(teacher_scores.float(), -1)
