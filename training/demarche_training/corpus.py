"""Reads and checks the corpus of events in `training/corpus/`.

usage: python -m demarche_training.corpus FILE...      checks the files and counts what they hold

A line is a sentence; lines that begin with # are remarks. Words in brackets are marked, after a bar, with what they are:

    [Moscow|r1 a2] was [threatened|e1 THREATEN/violence happened] by [Kyiv|a1] and [replied|e2 THREATEN happened historic].

a1, r1: actor, recipient of event 1; e1: its trigger, followed by type, mode where there is one, and status. Of an event that
both sides do together (a meeting), all are actors. `historic` says that the sentence looks back on it. Brackets may nest.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

STATUSES = ("happened", "ongoing", "planned", "proposed", "demanded", "threatened", "conditional", "possible", "denied", "failed")
TABLES = Path(__file__).parents[2] / "crates/demarche-tables/data/ontology"


def ontology(tables=TABLES):
    """Types, and the modes of each."""
    rows = lambda name: [line.split("\t") for line in open(tables / name, encoding="utf8").read().splitlines()[1:] if line[:1] != "#"]
    modes = {row[0]: set() for row in rows("types.tsv")}
    for row in rows("modes.tsv"):
        modes[row[0]].add(row[1])
    return modes


def parse(line):
    """The plain text, and its events: number to {type, mode, status, historic, trigger, actors, recipients}, spans in characters."""
    text, opened, events = "", [], {}
    event = lambda number: events.setdefault(number, {"actors": [], "recipients": []})
    at = 0
    for m in re.finditer(r"\[|(?:\|([^\[\]|]*))?\]", line):
        text += line[at:m.start()]
        at = m.end()
        if m[0] == "[":
            opened.append(len(text))
            continue
        if not opened or m[1] is None:
            raise ValueError("a bracket that is not opened, or has no bar")
        mark(event, m[1].split(), (opened.pop(), len(text)))
    if opened:
        raise ValueError("a bracket that is not closed")
    return text + line[at:], events


def mark(event, words, span):
    for i, word in enumerate(words):
        role, number = word[:1], word[1:]
        if not number.isdigit():
            raise ValueError(f"{word!r} is not a1, r1 or e1")
        if role == "e":
            what = event(int(number))
            if "trigger" in what:
                raise ValueError(f"event {number} has two triggers")
            kind, _, mode = words[i + 1].partition("/")
            what |= {"trigger": span, "type": kind, "mode": mode or None, "status": words[i + 2], "historic": words[i + 3:] == ["historic"]}
            return
        if role not in "ar":
            raise ValueError(f"{word!r} is not a1, r1 or e1")
        event(int(number))["actors" if role == "a" else "recipients"].append(span)


def check(line, modes):
    """What is wrong with a line, or nothing."""
    try:
        _, events = parse(line)
    except (ValueError, IndexError) as error:
        return str(error) or "an event without type or status"
    for number, e in events.items():
        if "trigger" not in e:
            return f"event {number} has no trigger"
        if e["type"] not in modes or (e["mode"] and e["mode"] not in modes[e["type"]]):
            return f"{e['type']}/{e['mode']} is not in the ontology"
        if e["status"] not in STATUSES:
            return f"{e['status']!r} is not a status"
        if not e["actors"] + e["recipients"]:
            return f"event {number} has neither actor nor recipient"
    return None


def lines(paths):
    for path in paths:
        for number, line in enumerate(open(path, encoding="utf8"), 1):
            if line.strip() and not line.startswith("#"):
                yield path, number, line.rstrip("\n")


def main():
    modes, bad, seen, count = ontology(), 0, {}, Counter()
    for path, number, line in lines(sys.argv[1:]):
        wrong = check(line, modes)
        plain = parse(line)[0] if not wrong else line
        if plain in seen:
            wrong = f"the sentence of {seen[plain]}"
        seen[plain] = f"{path}:{number}"
        if wrong:
            bad += 1
            print(f"{path}:{number}: {wrong}: {line}")
            continue
        events = parse(line)[1].values()
        count["sentences"] += 1
        count["without event"] += not events
        count["with several"] += len(events) > 1
        for e in events:
            count["events"] += 1
            count[e["type"]] += 1
            count[e["status"]] += 1
            count["historic"] += e["historic"]
    print("  ".join(f"{k} {v}" for k, v in count.items()))
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
