"""Writes event/triggers.tsv: the lemmas that mostly tell of events in the project's own corpus, by part of speech.

usage: PYTHONPATH=training python training/tables/triggers.py COMMAND      COMMAND: `demarche annotate --layers words --from jsonl -`

A word that is in neither this list nor the lexicon has to look far more like a trigger to the reader before it is taken for one.
"""

import glob
import json
import shlex
import subprocess
import sys
from collections import Counter
from pathlib import Path

from demarche_training import corpus

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "crates/demarche-tables/data/event/triggers.tsv"
# A lemma is listed where it tells of an event at least so often.
HALF = 0.5
TAGS = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}


def main():
    rows = [corpus.parse(line) for _, _, line in corpus.lines(sorted(glob.glob(str(ROOT / "training/corpus/*.txt"))))]
    command = [word.replace("words", "words,syntax") for word in shlex.split(sys.argv[1])]
    stories = "\n".join(json.dumps({"id": i, "text": text}) for i, (text, _) in enumerate(rows))
    out = subprocess.run(command, input=stories, capture_output=True, text=True, check=True).stdout
    count, all_of = Counter(), Counter()
    for (_, events), read in zip(rows, map(json.loads, out.splitlines())):
        spans = [w for s in read["sents"] for w in s]
        cells = [line.split("\t") for line in read["syntax"].splitlines() if line[:1].isdigit()]
        all_of.update((c[2].lower(), TAGS[c[3]]) for c in cells if c[3] in TAGS)
        for event in events.values():
            inside = [i for i, (a, b) in enumerate(spans) if a < event["trigger"][1] and event["trigger"][0] < b]
            # The first content word: the verb of `launched an attack`.
            content = [i for i in inside if cells[i][3] in TAGS and cells[i][2] not in ("be", "have")]
            if content:
                count[cells[content[0]][2].lower(), TAGS[cells[content[0]][3]]] += 1
    with open(TABLE, "w", encoding="utf8") as f:
        f.write("lemma\tpos\n# Lemmas that tell of events in training/corpus/; made by training/tables/triggers.py\n")
        telling = [key for key in sorted(count) if count[key] >= HALF * all_of[key]]
        f.writelines(f"{lemma}\t{pos}\n" for lemma, pos in telling)


if __name__ == "__main__":
    main()
