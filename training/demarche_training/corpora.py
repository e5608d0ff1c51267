"""Reads the corpora: treebanks with mentions, attributions, marked relations, plain text.

Every reader yields `Sentence`s of words as the Rust tokenizer or the treebank splits them. What a corpus does not say is
None, and no loss is taken on it.
"""

import csv
import glob
import gzip
import json
import os
import re
import subprocess
from dataclasses import dataclass, field

from . import corpus

csv.field_size_limit(10**8)

MENTION_TYPES = ["person", "organization", "place", "object", "event", "time", "substance", "abstract", "animal", "plant"]
TYPES = corpus.ontology()
RELATIONS = ["NONE", *TYPES]
MODES = ["NONE", *sorted(set().union(*TYPES.values()))]
YIELD = ["CONCEDE", "RETREAT"]
# Genres of the treebanks that tell of no political event.
QUIET = ("GUM_academic", "GUM_conversation", "GUM_fiction", "GUM_textbook", "GUM_vlog", "GUM_voyage", "GUM_whow", "answers", "reviews")
PENTA = {"1": ["AGREE", "SUPPORT", "CONSULT"], "2": ["COOPERATE", "AID", *YIELD],
         "3": ["REQUEST", "ACCUSE", "REJECT", "THREATEN"], "4": ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]}
ATTRIBUTION = ["Source", "Cue", "Content"]


@dataclass
class Sentence:
    corpus: str
    words: list
    upos: list = None
    xpos: list = None
    feats: list = None
    head: list = None
    deprel: list = None
    mentions: list = None  # (first word, last word, type)
    attribution: list = None  # a triple of 0 (outside), 1 (begins), 2 (goes on) per word
    source: list = None  # words of a marked relation's source
    target: list = None
    relations: list = None  # the relation's admissible labels
    events: list = None  # every event: (word of the trigger, type, mode, words of actors, words of recipients)
    lemmas: list = field(default=None, repr=False)


def treebank(path, name, with_mentions):
    """Sentences of a CoNLL-U file (gzip or plain), multiword tokens resolved into their words."""
    opener = gzip.open if path.endswith(".gz") else open
    rows, opened, quiet = [], [], False
    with opener(path, "rt", encoding="utf8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                quiet = line.split("= ")[1].startswith(QUIET)
            if line and not line.startswith("#"):
                cells = line.split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
            elif not line and rows:
                sentence = _treebank_sentence(rows, name, with_mentions, opened)
                sentence.events = [] if quiet else None
                yield sentence
                rows = []


def _treebank_sentence(rows, name, with_mentions, opened):
    column = lambda i: [r[i] for r in rows]
    mentions = _mentions(rows, opened) if with_mentions else None
    return Sentence(name, column(1), column(3), column(4), column(5), [int(h) for h in column(6)], column(7), mentions,
                    lemmas=column(2))


def _mentions(rows, opened):
    """Mentions from the MISC column: `Entity=(12-person-new-...` opens, `12)` closes, nested ones side by side."""
    found, opened[:] = [], []
    for at, row in enumerate(rows):
        entity = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for mark in re.findall(r"\([^()]*\)?|[^()]+\)", entity):
            if mark.startswith("("):
                parts = mark.strip("()").split("-")
                if mark.endswith(")"):
                    found.append((at, at, parts[1]))
                else:
                    opened.append((parts[0], at, parts[1]))
            else:
                key = mark.rstrip(")").split("-")[0]
                for i in range(len(opened) - 1, -1, -1):
                    if opened[i][0] == key:
                        _, start, kind = opened.pop(i)
                        found.append((start, at, kind))
                        break
    return [m for m in found if m[2] in MENTION_TYPES]


def segment(command, texts):
    """Splits texts with the Rust tokenizer: per text a list of sentences, a sentence a list of (start, end) in characters."""
    stories = "\n".join(json.dumps({"id": i, "text": t}) for i, t in enumerate(texts))
    out = subprocess.run(command, input=stories, capture_output=True, text=True, check=True).stdout
    return [json.loads(line)["sents"] for line in out.splitlines()]


def parsed(command, texts):
    """As `segment`, the sentences of a text run together: its words' spans, and the index of each one's head or None."""
    stories = "\n".join(json.dumps({"id": i, "text": t}) for i, t in enumerate(texts))
    command = [word.replace("words", "words,syntax") for word in command]
    out = subprocess.run(command, input=stories, capture_output=True, text=True, check=True).stdout
    for row in map(json.loads, out.splitlines()):
        words, heads = [w for s in row["sents"] for w in s], []
        for block in row["syntax"].strip().split("\n\n"):
            base = len(heads)
            rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
            heads += [base + int(r[6]) - 1 if r[6] != "0" else None for r in rows]
        yield words, heads


def events(command, paths):
    """The project's own sentences, every event marked (`corpus.parse`)."""
    rows = [corpus.parse(line) for _, _, line in corpus.lines(paths)]
    for (text, marked), (words, heads) in zip(rows, parsed(command, [text for text, _ in rows])):
        within = lambda span: [i for i, (a, b) in enumerate(words) if a < span[1] and span[0] < b]
        found = []
        for e in marked.values():
            trigger = within(e["trigger"])
            top = next((i for i in trigger if heads[i] not in trigger), trigger[0])
            found.append((top, e["type"], e["mode"] or "NONE", [within(s) for s in e["actors"]], [within(s) for s in e["recipients"]]))
        yield Sentence("own", [text[a:b] for a, b in words], events=found)


def own_pairs(sentences):
    """Marked relations of the project's own sentences: of every event its actors with its recipients, of one that has no
    recipient its actors with one another; and, of two events, parties that have nothing to do with each other."""
    for s in sentences:
        linked = {}
        for _, kind, _, actors, recipients in s.events:
            sides = [(a, r) for a in actors for r in recipients] or [(a, r) for a in actors for r in actors if a != r]
            for a, r in sides:
                linked.setdefault((tuple(a), tuple(r)), []).append(kind)
        joined = {frozenset(pair) for pair in linked}
        for (a, r), kinds in linked.items():
            yield Sentence("own pairs", s.words, source=list(a), target=list(r), relations=kinds)
        apart = [(a, r) for e in s.events for f in s.events if e is not f for a in e[3] for r in f[4]]
        for a, r in apart[:2]:
            if not set(a) & set(r) and frozenset((tuple(a), tuple(r))) not in joined:
                yield Sentence("own pairs", s.words, source=a, target=r, relations=["NONE"])


def plain(command, name, texts):
    """Unlabelled sentences of running text."""
    for text, sentences in zip(texts, segment(command, texts)):
        for words in sentences:
            yield Sentence(name, [text[a:b] for a, b in words])


def polnear_texts(root):
    for path in sorted(glob.glob(root + "/text/*.txt")):
        yield os.path.basename(path)[:-4], open(path, encoding="utf8").read()


def _polnear_spans(path):
    spans, sets = {}, []
    for line in open(path, encoding="utf8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) < 2:
            continue  # the quoted text of an annotation goes on over a line break
        if cells[0].startswith("T"):
            kind, where = cells[1].split(" ", 1)
            spans[cells[0]] = (kind, [tuple(map(int, part.split())) for part in where.split(";")])
        elif cells[0].startswith("E"):
            sets.append([item.split(":")[1] for item in cells[1].split()])
    used = {t for s in sets for t in s}
    return [spans[t] for t in used if t in spans and spans[t][0] in ATTRIBUTION]


def polnear(command, root):
    """Sentences with the sources, cues and contents of attributions; of nested contents the outermost."""
    texts = dict(polnear_texts(root))
    gold = {}
    for path in sorted(glob.glob(root + "/attributions/*.ann")):
        name = os.path.basename(path)[:-4]
        base = name if name in texts else name.rsplit("_", 1)[0]
        if base in texts and base not in gold:
            gold[base] = _polnear_spans(path)
    names = sorted(gold)
    for name, sentences in zip(names, segment(command, [texts[n] for n in names])):
        text, marks = texts[name], _character_marks(texts[name], gold[name])
        for words in sentences:
            tags = [[_tag(marks[k], a, b) for k in range(3)] for a, b in words]
            yield Sentence("polnear", [text[a:b] for a, b in words], attribution=tags)


def _character_marks(text, spans):
    marks = [bytearray(len(text) + 1) for _ in ATTRIBUTION]
    for kind, parts in sorted(spans, key=lambda s: s[1][0][0] - s[1][-1][1]):
        track = marks[ATTRIBUTION.index(kind)]
        for a, b in parts:
            if not any(track[a:b]):
                track[a:b] = bytes([1]) + bytes([2]) * (b - a - 1)
    return marks


def _tag(track, start, end):
    inside = track[start:end]
    return 1 if 1 in inside else 2 if 2 in inside else 0


def relations(command, path, name):
    """Marked relations: plv_train has a root type, aw_train says whether any relation holds."""
    rows = list(csv.DictReader(open(path, encoding="utf8"), delimiter="\t"))
    texts, marks = zip(*[_unmark(r["marked_sentence"]) for r in rows])
    for row, text, spans, sentences in zip(rows, texts, marks, segment(command, texts)):
        words = [w for s in sentences for w in s]
        inside = lambda kind: [i for i, (a, b) in enumerate(words) if any(a < e and s < b for s, e in spans[kind])]
        if "gold_root" in row:
            labels = YIELD if row["gold_root"] == "YIELD" else [row["gold_root"]]
        else:
            labels = list(TYPES) if row["gold_binary"] == "1" else ["NONE"]
        yield Sentence(name, [text[a:b] for a, b in words], source=inside("s"), target=inside("t"), relations=labels)


def _unmark(marked):
    text, spans, at, opened = "", {"s": [], "t": []}, 0, {}
    for m in re.finditer(r"<(/?)([st])>", marked):
        text += marked[at:m.start()]
        at = m.end()
        if m[1]:
            if m[2] in opened:
                spans[m[2]].append((opened.pop(m[2]), len(text)))
        else:
            opened[m[2]] = len(text)
    return text + marked[at:], spans


def source_target(bio_path, penta_path):
    """Sentences with source and target tagged and, where the other file has them, the coarse class of their relation."""
    key = lambda s: re.sub(r"\W", "", s).lower()[:60]
    with open(penta_path, encoding="utf8") as f:
        penta = {key(r["sentence"]): r["penta"] for r in csv.DictReader(f, delimiter="\t")}
    for block in open(bio_path, encoding="utf8").read().split("\n\n"):
        rows = [line.split() for line in block.splitlines() if len(line.split()) == 2]
        words = [r[0] for r in rows]
        pick = lambda kinds: [i for i, r in enumerate(rows) if r[1][-1] in kinds and r[1] != "O"]
        label = penta.get(key("".join(words)))
        source, target = pick("SR"), pick("TR")
        if label in PENTA and source and target:
            yield Sentence("cameo", words, source=source, target=target, relations=PENTA[label])


def synthetic_stories(path):
    with gzip.open(path, "rt", encoding="utf8") as f:
        return [r["text"] for r in csv.DictReader(f)]
