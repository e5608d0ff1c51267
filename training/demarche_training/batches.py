"""Batches of sentences of like length, as tensors."""

import gzip
import pickle
import random

import numpy as np
import torch

from .encode import IGNORE

CLS, SEP = 101, 102
CASES = 5
TAGS = ("upos", "xpos", "feats")


def load(path):
    with gzip.open(path, "rb") as f:
        return pickle.load(f)


def batches(sentences, pieces, seed):
    """Lists of sentences with at most `pieces` pieces, padding counted, each sentence in one of them."""
    rng = random.Random(seed)
    order = sorted(sentences, key=lambda s: len(s["pieces"]) + rng.uniform(0, 3))
    out, batch, longest = [], [], 0
    for s in order:
        longest = max(longest, len(s["pieces"]) + 2)
        if batch and longest * (len(batch) + 1) > pieces:
            out.append(batch)
            batch, longest = [], len(s["pieces"]) + 2
        batch.append(s)
    if batch:
        out.append(batch)
    rng.shuffle(out)
    return out


def _fill(rows, shape, value, dtype):
    out = np.full((len(rows),) + shape, value, dtype)
    for i, row in enumerate(rows):
        if row is not None:
            out[(i,) + tuple(slice(n) for n in row.shape)] = row
    return torch.from_numpy(out)


def tensors(batch, device, marked=False):
    """One batch as tensors; what a corpus does not say is IGNORE. `marked`: source and target show in the letter case."""
    words = max(len(s["first"]) for s in batch)
    length = max(len(s["pieces"]) for s in batch) + 2
    pieces = [np.concatenate([[CLS], s["pieces"], [SEP]]) for s in batch]
    case = [np.concatenate([[0], s["case"] + (_marks(s) if marked else 0), [0]]) for s in batch]
    first = [np.concatenate([[0], s["first"]]) for s in batch]
    out = {
        "pieces": _fill(pieces, (length,), 0, np.int64), "case": _fill(case, (length,), 0, np.int64),
        "first": _fill(first, (words + 1,), 0, np.int64),
        "mask": _fill([np.ones(len(p), bool) for p in pieces], (length,), False, bool),
        "words": _fill([np.ones(len(s["first"]), bool) for s in batch], (words,), False, bool),
    }
    for key in TAGS + ("head", "deprel"):
        out[key] = _fill([s.get(key) for s in batch], (words,), IGNORE, np.int64)
    out["attribution"] = _fill([s.get("attribution") for s in batch], (words, 3), IGNORE, np.int64)
    out["span"] = _fill([_spans(s) for s in batch], (words, words), IGNORE, np.int64)
    if all("relation" in s for s in batch):
        out["source"] = _fill([s["source"] for s in batch], (words,), False, bool)
        out["target"] = _fill([s["target"] for s in batch], (words,), False, bool)
        out["relation"] = torch.from_numpy(np.stack([s["relation"] for s in batch]))
        out["marked"] = torch.tensor(marked)
    out["trigger"] = _fill([_triggers(s) for s in batch], (words,), IGNORE, np.int64)
    if any(len(s.get("trigger", ())) for s in batch):
        most = max(len(s.get("trigger", ())) for s in batch)
        out["at"] = _fill([s.get("trigger") for s in batch], (most,), IGNORE, np.int64)
        out["mode"] = _fill([s.get("mode") for s in batch], (most,), IGNORE, np.int64)
        out["role"] = _fill([s.get("role") for s in batch], (most, 2, words), False, bool)
    return {k: v.to(device, non_blocking=True) for k, v in out.items()}


def _marks(s):
    """What is added to the letter case of a piece: CASES in the source, twice that in the target."""
    mark = CASES * s["source"] * ~s["target"] + 2 * CASES * s["target"]
    return np.repeat(mark, np.diff(np.append(s["first"] - 1, len(s["pieces"]))))


def _triggers(s):
    """The event type of every word, 0 for none; None where the corpus marks no events."""
    if "trigger" not in s:
        return None
    row = np.zeros(len(s["first"]), np.int64)
    row[s["trigger"]] = s["event"]
    return row


def _spans(s):
    """Mention classes by first and last word, 0 for none; IGNORE below the diagonal."""
    if "mentions" not in s:
        return None
    n = len(s["first"])
    grid = np.where(np.tri(n, k=-1, dtype=bool), IGNORE, 0)
    for a, b, kind in s["mentions"]:
        grid[a, b] = kind + 1
    return grid
