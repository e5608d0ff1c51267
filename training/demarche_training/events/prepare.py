"""Reads everything that tells of events once, and writes the windows to a file.

usage: python -m demarche_training.events.prepare --marked DIR --data DATA --program DEMARCHE --out FILE [--more DIR]
"""

import argparse
import pickle
from collections import Counter
from pathlib import Path

from .. import corpora
from . import windows
from .batches import Pieces

OWN = Path(__file__).parents[2] / "corpus"


def pairs(rows, name: str):
    for s in rows:
        if s.source and s.target:
            yield windows.Window(name, "", s.words, [], [0], [None] * len(s.words), None, s.source, s.target, s.relations)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--marked", "--data", "--program", "--out"):
        args.add_argument(name, required=True)
    args.add_argument("--more")
    args = args.parse_args()
    pieces = Pieces()
    parser = [args.program, "annotate", "--layers", "words,syntax", "--from", "jsonl", "-"]
    words = [args.program, "annotate", "--layers", "words", "--from", "jsonl", "-"]
    out = list(windows.marked(parser, Path(args.marked).glob("*.txt"), pieces.count))
    if args.more:
        more = list(windows.marked(parser, Path(args.more).glob("*.txt"), pieces.count, "more"))
        for w in more:
            w.fold = None
        out += more
    out += windows.own(parser, OWN.glob("*.txt"), pieces.count)
    events = args.data + "/events/"
    out += pairs(corpora.relations(words, events + "plv_train.tsv", "plv"), "plv")
    out += pairs(corpora.relations(words, events + "aw_train.tsv", "aw"), "aw")
    print(Counter(w.corpus for w in out), Counter(w.corpus for w in out for _ in w.events or []))
    with open(args.out, "wb") as f:
        pickle.dump(out, f)


if __name__ == "__main__":
    main()
