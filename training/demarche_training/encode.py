"""Turns sentences into arrays: word pieces, letter case, label indices; and back-and-forth of the label lists."""

import json
from collections import Counter

import numpy as np

from . import corpora

CASES = ["none", "lower", "title", "upper", "mixed"]
IGNORE = -100


def case_of(word):
    """The five-way letter case of a word: what an uncased encoder loses. No letters, lower, Title, UPPER, miXed."""
    if not any(c.isalpha() for c in word):
        return 0
    if word == word.lower():
        return 1
    if word == word.upper():
        return 3 if sum(c.isalpha() for c in word) > 1 else 2
    if word[:1].isupper() and word[1:] == word[1:].lower():
        return 2
    return 4


def label_lists(sentences, rare=5):
    """Label inventories; feature bundles and fine tags seen fewer than `rare` times are left out."""
    count = {k: Counter() for k in ("upos", "xpos", "feats", "deprel")}
    for s in sentences:
        for k, counter in count.items():
            counter.update(getattr(s, k) or [])
    keep = lambda k, n: [v for v, c in sorted(count[k].items()) if c >= n]
    return {"upos": keep("upos", 1), "xpos": keep("xpos", rare), "feats": keep("feats", rare), "deprel": keep("deprel", rare),
            "mention": corpora.MENTION_TYPES, "relation": corpora.RELATIONS, "attribution": corpora.ATTRIBUTION,
            "event": corpora.RELATIONS, "mode": corpora.MODES}


class Encoder:
    """Word pieces of pre-split words, with BERT's uncased vocabulary."""

    def __init__(self, tokenizer, labels, max_pieces=200):
        self.tokenizer, self.labels, self.max_pieces = tokenizer, labels, max_pieces
        self.index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
        self.cache = {}

    def pieces(self, word):
        if word not in self.cache:
            ids = self.tokenizer(word, add_special_tokens=False)["input_ids"]
            self.cache[word] = ids or [self.tokenizer.unk_token_id]
        return self.cache[word]

    def encode(self, s):
        """One sentence as a dict of small arrays, or None where it is too long or empty."""
        pieces, first, case = [], [], []
        for word in s.words:
            first.append(len(pieces) + 1)
            ids = self.pieces(word)
            pieces += ids
            case += [case_of(word)] * len(ids)
        if not s.words or len(pieces) + 2 > self.max_pieces:
            return None
        out = {"corpus": s.corpus, "pieces": np.array(pieces, np.int32), "case": np.array(case, np.int8),
               "first": np.array(first, np.int16)}
        ids = lambda k: np.array([self.index[k].get(v, IGNORE) for v in getattr(s, k)], np.int16)
        if s.head is not None:
            out |= {k: ids(k) for k in ("upos", "xpos", "feats", "deprel")} | {"head": np.array(s.head, np.int16)}
        if s.mentions is not None:
            out["mentions"] = np.array([(a, b, self.index["mention"][t]) for a, b, t in s.mentions], np.int16).reshape(-1, 3)
        if s.attribution is not None:
            out["attribution"] = np.array(s.attribution, np.int8).reshape(-1, 3)
        if s.events is not None:
            out["trigger"] = np.array([e[0] for e in s.events], np.int16)
            out["event"] = np.array([self.index["event"][e[1]] for e in s.events], np.int16)
            out["mode"] = np.array([self.index["mode"][e[2]] for e in s.events], np.int16)
            grid = np.zeros((len(s.events), 2, len(s.words)), bool)
            for i, e in enumerate(s.events):
                for role in (0, 1):
                    grid[i, role, [w for span in e[3 + role] for w in span]] = True
            out["role"] = grid
        if s.relations is not None:
            mask = lambda where: np.isin(np.arange(len(s.words)), where)
            out |= {"source": mask(s.source), "target": mask(s.target),
                    "relation": np.isin(np.arange(len(self.labels["relation"])), [self.index["relation"][r] for r in s.relations])}
        return out


def save_labels(path, labels):
    with open(path, "w", encoding="utf8") as f:
        json.dump(labels, f, indent=1, ensure_ascii=False)
