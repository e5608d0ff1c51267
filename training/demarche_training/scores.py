"""Scores on development sentences: tags, attachments, mentions, attributions (word by word), relations."""

import torch

from . import losses
from .batches import batches, tensors
from .encode import IGNORE

NAMED = ("person", "organization", "place")


def _ratio(a, b):
    return float(a) / max(1.0, float(b))


def f1(hit, found, wanted):
    return 2 * _ratio(hit, found + wanted)


@torch.no_grad()
def evaluate(model, sentences, labels, device, pieces=8000):
    """A dict of scores in percent. Relations between words are compared without their subtypes."""
    model.eval()
    base = _bases(labels["deprel"], device)
    n = dict.fromkeys(("words", "upos", "xpos", "feats", "uas", "las", "hit", "found", "wanted", "chit", "cfound", "cwanted"), 0)
    named = [labels["mention"].index(k) + 1 for k in NAMED]
    for batch in batches(sentences, pieces, 0):
        b = tensors(batch, device)
        out = model(b)
        _count_syntax(out, b, base, n)
        _count_spans(out, b, named, n)
        con, gold = out["attribution"][..., 2, :].argmax(-1) > 0, b["attribution"][..., 2]
        known = gold != IGNORE
        n["chit"] += (con & (gold > 0) & known).sum().item()
        n["cfound"] += (con & known).sum().item()
        n["cwanted"] += ((gold > 0) & known).sum().item()
    percent = lambda k: round(100 * _ratio(n[k], n["words"]), 2)
    return {k: percent(k) for k in ("upos", "xpos", "feats", "uas", "las")} | {
        "mention": round(100 * f1(n["hit"], n["found"], n["wanted"]), 2),
        "content": round(100 * f1(n["chit"], n["cfound"], n["cwanted"]), 2)}


def _bases(names, device):
    heads = sorted({d.split(":")[0] for d in names})
    return torch.tensor([heads.index(d.split(":")[0]) for d in names], device=device)


def _count_syntax(out, b, base, n):
    known = b["head"] != IGNORE
    n["words"] += known.sum().item()
    for k in losses.TAGS:
        # A label too rare for the inventory counts as an error.
        n[k] += ((out[k].argmax(-1) == b[k]) & known).sum().item()
    heads = losses.mask_arcs(out["arc"], b["words"]).argmax(-1)
    right = (heads == b["head"]) & known
    rel = out["rel"](heads).argmax(-1)
    same = (base[rel] == base[b["deprel"].clamp(min=0)]) & (b["deprel"] != IGNORE)
    n["uas"] += right.sum().item()
    n["las"] += (right & same).sum().item()


def _count_spans(out, b, named, n):
    span, exists = losses.mask_spans(out["span"], b["words"])
    known = exists & (b["span"] != IGNORE)
    got, gold = span.argmax(-1), b["span"]
    for kind in named:
        n["hit"] += ((got == kind) & (gold == kind) & known).sum().item()
        n["found"] += ((got == kind) & known).sum().item()
        n["wanted"] += ((gold == kind) & known).sum().item()


@torch.no_grad()
def relation_rows(model, sentences, device):
    """Log probabilities of the relations of marked pairs, in the sentences' order."""
    model.eval()
    rows = [None] * len(sentences)
    place = {id(s): i for i, s in enumerate(sentences)}
    for batch in batches(sentences, 8000, 0):
        out = torch.log_softmax(model(tensors(batch, device, True))["relation"].float(), -1).cpu()
        for s, row in zip(batch, out):
            rows[place[id(s)]] = row
    return torch.stack(rows)


def relations(model, held, names, device):
    """Of held-back pairs: macro F1 and accuracy of plv's roots, accuracy of aw's "is there a relation"."""
    roots = torch.tensor([names.index("CONCEDE") if n == "RETREAT" else i for i, n in enumerate(names)])
    got = relation_rows(model, held["plv"], device)
    gold = roots[torch.tensor([int(s["relation"].argmax()) for s in held["plv"]])]
    shares = got.exp()
    shares[:, names.index("CONCEDE")] += shares[:, names.index("RETREAT")]
    shares[:, [0, names.index("RETREAT")]] = 0
    plv = macro(gold, shares.argmax(-1), len(names))
    none = relation_rows(model, held["aw"], device)[:, 0].exp()
    related = torch.tensor([bool(s["relation"][1:].any()) for s in held["aw"]])
    return f"plv macro F1 {plv[0]} accuracy {plv[1]} | aw accuracy {100 * _ratio(((none < 0.5) == related).sum(), len(related)):.2f}"


def macro(gold, got, classes):
    """Macro F1 over the classes that the gold has, and accuracy."""
    per = []
    for c in range(classes):
        if (gold == c).any():
            per.append(f1(((gold == c) & (got == c)).sum(), (got == c).sum(), (gold == c).sum()))
    return round(100 * sum(per) / len(per), 2), round(100 * _ratio((gold == got).sum(), len(gold)), 2)
