"""Windows as tensors, a batch of like length at a time."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import BertWordPieceTokenizer

from ..encode import CASES, case_of
from .labels import Labels
from .network import ROLES
from .windows import LONGEST, Window

IGNORE = -100
VOCABULARY = Path(__file__).parents[3] / "crates/demarche-model/weights/vocab.txt"


class Pieces:
    """Word pieces, uncased."""

    def __init__(self, vocabulary: Path = VOCABULARY):
        self.tokenizer, self.cache = BertWordPieceTokenizer(str(vocabulary), lowercase=True), {}
        self.opens, self.closes, self.unknown = (self.tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]", "[UNK]"))

    def __call__(self, word: str) -> list[int]:
        if word not in self.cache:
            self.cache[word] = self.tokenizer.encode(word, add_special_tokens=False).ids[: LONGEST // 4] or [self.unknown]
        return self.cache[word]

    def count(self, word: str) -> int:
        return len(self(word))


def encode(window: Window, pieces: Pieces) -> dict[str, np.ndarray] | None:
    """Pieces with marks between sentences, letter cases, and every word's first piece; None where the window is too long."""
    ids, case, first, starts = [pieces.opens], [0], [], set(window.starts[1:])
    marked = [0] * len(window.words)
    for words, mark in ((window.source or [], len(CASES)), (window.target or [], 2 * len(CASES))):
        for word in words:
            marked[word] = mark
    for i, word in enumerate(window.words):
        if i in starts:
            ids.append(pieces.closes)
            case.append(0)
        first.append(len(ids))
        parts = pieces(word)
        ids += parts
        case += [case_of(word) + marked[i]] * len(parts)
    ids.append(pieces.closes)
    case.append(0)
    if len(ids) > LONGEST or not first:
        return None
    return {"pieces": np.array(ids), "case": np.array(case), "first": np.array(first)}


def batches(windows: Sequence[Window], pieces: Pieces, size: int, seed: int) -> list[list[tuple[Window, dict]]]:
    """Batches of at most `size` pieces, padding counted, in random order."""
    rng = random.Random(seed)
    rows = [(w, e) for w in windows if (e := encode(w, pieces)) is not None]
    rows.sort(key=lambda row: len(row[1]["pieces"]) + rng.uniform(0, 4))
    out, batch, longest = [], [], 0
    for row in rows:
        length = len(row[1]["pieces"])
        if batch and max(longest, length) * (len(batch) + 1) > size:
            out.append(batch)
            batch, longest = [], 0
        batch.append(row)
        longest = max(longest, length)
    out += [batch] if batch else []
    rng.shuffle(out)
    return out


def _fill(rows: list[np.ndarray], shape: tuple[int, ...], value, dtype) -> torch.Tensor:
    out = np.full((len(rows), *shape), value, dtype)
    for i, row in enumerate(rows):
        out[(i, *(slice(n) for n in row.shape))] = row
    return torch.from_numpy(out)


def tensors(batch: list[tuple[Window, dict]], labels: Labels) -> dict[str, torch.Tensor]:
    windows, rows = zip(*batch)
    length, words = max(len(r["pieces"]) for r in rows), max(len(w.words) for w in windows)
    fill = lambda key, n: _fill([r[key] for r in rows], (n,), 0, np.int64)
    ones = lambda sizes, n: _fill([np.ones(k, bool) for k in sizes], (n,), False, bool)
    out = {"pieces": fill("pieces", length), "case": fill("case", length), "first": fill("first", words),
           "mask": ones([len(r["pieces"]) for r in rows], length), "words": ones([len(w.words) for w in windows], words)}
    if windows[0].source is not None:
        which = lambda key: _fill([np.isin(np.arange(len(w.words)), getattr(w, key)) for w in windows], (words,), False, bool)
        admit = [np.isin(np.arange(len(labels.types)), [labels.types.index(r) for r in w.relations]) for w in windows]
        return out | {"source": which("source"), "target": which("target"), "admitted": torch.from_numpy(np.stack(admit))}
    if windows[0].events is not None:
        out |= _events(windows, words, labels)
    if windows[0].named is not None:
        out["country"] = _places([(i, word, code) for i, w in enumerate(windows) for word, code in w.named], labels.countries)
    return out


def _places(found: list[tuple[int, int, str]], names: list[str]) -> torch.Tensor:
    """Row, word and label of what has a label."""
    known = [(row, word, names.index(name)) for row, word, name in found if name in names]
    return torch.tensor(known, dtype=torch.long).view(-1, 3)


def _events(windows: Sequence[Window], words: int, labels: Labels) -> dict[str, torch.Tensor]:
    """What is marked: the type of every word, and of all events of the batch, one after another, the rest."""
    types = np.full((len(windows), words), IGNORE)
    rows, at, mode, status, historic, sectors, countries = [], [], [], [], [], [], []
    told = [(i, e) for i, w in enumerate(windows) for e in w.events]
    roles = np.zeros((len(told), len(ROLES), words), bool)
    for i, window in enumerate(windows):
        types[i, : len(window.words)] = 0
    for k, (i, e) in enumerate(told):
        window = windows[i]
        types[i, e.word] = labels.types.index(e.type)
        rows.append(i)
        at.append(e.word)
        mode.append(labels.modes.index(f"{e.type}/{e.mode}") if e.mode else 0)
        status.append(labels.statuses.index(e.status))
        historic.append(e.historic)
        for role, side in enumerate((e.actors, e.recipients)):
            for a in side:
                roles[k, role, a.head] = True
                roles[k, role + 2, a.words] = True
                if window.corpus != "own":
                    sectors.append((i, a.head, a.sector))
                    countries.append((i, a.head, a.country))
    whole = lambda x: torch.tensor(x, dtype=torch.long)
    return {"type": torch.from_numpy(types), "row": whole(rows), "at": whole(at), "mode": whole(mode), "status": whole(status),
            "historic": torch.tensor(historic, dtype=torch.float), "role": torch.from_numpy(roles),
            "sector": _places(sectors, labels.sectors), "country": _places(countries, labels.countries)}
