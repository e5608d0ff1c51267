"""Scores what the program writes against treebanks: tagging, attachment, lemmas and mentions.

usage: python -m demarche_training.evaluate GOLD.conllu[.gz] SYSTEM.conllu

SYSTEM holds the same sentences with the same words, as `demarche annotate --layers syntax --format conllu --gold-tokens`
writes them. UPOS, XPOS, lemma, UAS and LAS are in percent of all words, punctuation counted; LAS compares relations without
their subtypes. Mentions are compared by exact span and type, for persons, organisations and places, where the gold has them.
"""

import sys

from .corpora import treebank

NAMED = ("person", "organization", "place")


def mentions(sentence):
    return {m for m in sentence.mentions if m[2] in NAMED}


def main():
    gold, system = (list(treebank(path, "", True)) for path in sys.argv[1:3])
    if [s.words for s in gold] != [s.words for s in system]:
        sys.exit("the two files do not hold the same words")
    n = dict.fromkeys(("words", "upos", "xpos", "lemma", "uas", "las", "hit", "found", "wanted"), 0)
    for g, s in zip(gold, system):
        for i in range(len(g.words)):
            n["words"] += 1
            n["upos"] += g.upos[i] == s.upos[i]
            n["xpos"] += g.xpos[i] == s.xpos[i]
            n["lemma"] += g.lemmas[i] == s.lemmas[i]
            attached = g.head[i] == s.head[i]
            n["uas"] += attached
            n["las"] += attached and g.deprel[i].split(":")[0] == s.deprel[i].split(":")[0]
        wanted, found = mentions(g), mentions(s)
        n["hit"] += len(wanted & found)
        n["found"] += len(found)
        n["wanted"] += len(wanted)
    percent = {k: 100 * n[k] / n["words"] for k in ("upos", "xpos", "lemma", "uas", "las")}
    print("  ".join(f"{k.upper()} {v:.2f}" for k, v in percent.items()))
    if n["wanted"]:
        p, r = n["hit"] / max(1, n["found"]), n["hit"] / n["wanted"]
        print(f"mentions of {', '.join(NAMED)}: precision {p:.4f}  recall {r:.4f}  F1 {2 * p * r / max(1e-9, p + r):.4f}")


if __name__ == "__main__":
    main()
