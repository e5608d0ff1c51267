"""Scores who refers to whom against GUM's development part: CoNLL F1 of persons, organisations and places.

usage: python -m demarche_training.coref GUM.conllu.gz COMMAND

COMMAND reads JSON Lines {"id","text"} and writes {"id","actors"}: `demarche annotate --layers actors --from jsonl -`. Mentions
are the same where the gold tree gives them the same head word, as the CorefUD scorer compares them: GUM's hold their clauses,
ours do not. Entities with one mention are left out on both sides; MUC, B-cubed and entity CEAF, and their mean, are scorch's, over
all documents at once.
"""

import gzip
import json
import re
import shlex
import subprocess
import sys
from collections import defaultdict

from scorch import scores

KINDS = ("person", "organization", "place")


class Document:
    def __init__(self, name):
        self.name, self.text, self.words, self.clusters, self.kinds = name, "", [], defaultdict(set), {}

    def add(self, rows, open_):
        """A sentence: its words with their spans in the text, the head of each, and the mentions that open and close."""
        base = len(self.words)
        self.text += "\n\n" if self.text and open_.pop("par", False) else " " if self.text else ""
        for row in rows:
            form, misc = row[1], row[9]
            start = len(self.text)
            self.text += form
            head = base + int(row[6]) - 1 if row[6] != "0" else None
            self.words.append((start, len(self.text), head))
            if "SpaceAfter=No" not in misc and row is not rows[-1]:
                self.text += " "
        stack = []
        for i, row in enumerate(rows):
            entity = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
            for mark in re.findall(r"\([^()]*\)?|[^()]+\)", entity):
                parts = mark.strip("()").split("-")
                if mark.startswith("("):
                    stack.append((parts[0], base + i))
                    if parts[1] in KINDS:
                        self.kinds[parts[0]] = parts[1]
                if mark.endswith(")"):
                    at = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][0] == parts[0]), None)
                    if at is not None:
                        self.clusters[parts[0]].add(self.head(stack.pop(at)[1], base + i + 1))

    def head(self, start, end):
        """The word of a stretch whose head is outside."""
        return next((i for i in range(start, end) if self.words[i][2] is None or not start <= self.words[i][2] < end), start)

    def at(self, start, end):
        within = [i for i, (a, b, _) in enumerate(self.words) if a < end and start < b]
        return self.head(within[0], within[-1] + 1) if within else None


def documents(path):
    docs, rows, state = [], [], {}
    for line in gzip.open(path, "rt", encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            docs.append(Document(line.split("= ")[1]))
        elif line.startswith("# newpar"):
            state["par"] = True
        elif line and not line.startswith("#"):
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
        elif not line and rows:
            docs[-1].add(rows, state)
            rows = []
    return docs


def clusters(docs, found):
    """Gold and found clusters of mentions, known by document and head word."""
    gold, response = [], []
    for doc in docs:
        gold += [{(doc.name, m) for m in ms} for key, ms in doc.clusters.items() if key in doc.kinds and len(ms) > 1]
        taken = set()
        for entity in found.get(doc.name, []):
            heads = {doc.at(m["start"], m["end"]) for m in entity["mentions"]} - {None} - taken
            taken |= heads
            if entity["kind"] != "thing" and len(heads) > 1:
                response.append({(doc.name, h) for h in heads})
    return gold, response


def main():
    docs = documents(sys.argv[1])
    stories = "\n".join(json.dumps({"id": d.name, "text": d.text}) for d in docs)
    out = subprocess.run(shlex.split(sys.argv[2]), input=stories, capture_output=True, text=True, check=True).stdout
    found = {r["id"]: r["actors"] for r in map(json.loads, out.splitlines())}
    genres = defaultdict(list)
    for doc in docs:
        genres[doc.name.split("_")[1]].append(doc)
    for name, group in [*sorted(genres.items()), ("all", docs)]:
        gold, response = clusters(group, found)
        mentions = [set().union(*x) if x else set() for x in (gold, response)]
        hit = len(mentions[0] & mentions[1])
        each = [f(gold, response)[2] if response else 0.0 for f in (scores.muc, scores.b_cubed, scores.ceaf_e)]
        print(f"{name:14} mentions recall {hit / max(1, len(mentions[0])):.3f} precision {hit / max(1, len(mentions[1])):.3f}  "
              f"MUC {each[0]:.3f}  B3 {each[1]:.3f}  CEAFe {each[2]:.3f}  CoNLL {sum(each) / 3:.3f}")


if __name__ == "__main__":
    main()
