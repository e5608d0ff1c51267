"""Makes words/irregular.tsv and words/lemmas.txt from the treebanks: forms that the rules get wrong, and known lemmas.

usage: python training/tables/lemmas.py SYNTAX_DIR

The rules (words/suffixes.tsv) are read as the Rust program reads them. A form goes into the table when the treebanks' usual
lemma for it is not what the rules give.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from demarche_training.corpora import treebank

WORDS = Path(__file__).parents[2] / "crates/demarche-tables/data/words"
INFLECTED = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "NN", "NNS", "JJ", "JJR", "JJS", "RB", "RBR", "RBS", "MD")


def suffixes():
    rows = [l.rstrip("\n").split("\t") for l in open(WORDS / "suffixes.tsv") if l.strip() and l[0] != "#"][1:]
    return [(r[0].split("|"), r[1], r[2], r[3] == "yes") for r in rows]


def by_rule(form, tag, known, rules):
    lower, fallback = form.lower().replace("’", "'"), None
    if tag in ("NNP", "NNPS"):
        return form
    for tags, ending, instead, sure in rules:
        if tag not in tags or not lower.endswith(ending) or len(lower) - len(ending) < 2:
            continue
        stem = lower[: len(lower) - len(ending)]
        if instead == "-":
            candidate = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
        else:
            candidate = stem + instead
        if candidate in known:
            return candidate
        if sure and fallback is None:
            fallback = candidate
    return fallback or lower


def read(folder, part):
    for name in ("ewt", "gum"):
        for s in treebank(f"{folder}/{name}_{part}.conllu.gz", name, False):
            yield from zip(s.words, s.xpos, s.upos, s.lemmas)


def main():
    folder, rules = sys.argv[1], suffixes()
    seen, known = defaultdict(Counter), Counter()
    for form, tag, upos, lemma in read(folder, "train"):
        if lemma == "_" or upos in ("X", "SYM", "PUNCT", "NUM"):
            continue
        seen[tag, form.lower().replace("’", "'") if tag not in ("NNP", "NNPS") else form][lemma] += 1
        if tag in ("VB", "VBP", "NN", "VBD", "VBN", "VBG", "VBZ", "NNS", "JJ", "RB") and lemma.isalpha() and lemma.islower():
            known[lemma] += 1
    known = {k for k, _ in known.items() if len(k) > 1}
    table = []
    for (tag, form), lemmas in sorted(seen.items()):
        lemma, count = lemmas.most_common(1)[0]
        if tag in ("NNP", "NNPS") or "\t" in form or (tag not in INFLECTED and count < 2):
            continue
        if by_rule(form, tag, known, rules) != lemma:
            table.append((form, tag, lemma))
    with open(WORDS / "irregular.tsv", "w", encoding="utf8") as f:
        f.write("form\ttag\tlemma\n# Forms whose lemma the rules of suffixes.tsv do not give, by fine tag.\n"
                "# Source: UD English EWT and GUM 2.16; made by training/tables/lemmas.py\n")
        f.writelines("\t".join(row) + "\n" for row in table)
    # Only lemmas that decide between two regular candidates matter.
    with open(WORDS / "lemmas.txt", "w", encoding="utf8") as f:
        f.write("# Known lemmas, which decide between two regular candidates.\n"
                "# Source: UD English EWT and GUM 2.16; made by training/tables/lemmas.py\n")
        f.writelines(k + "\n" for k in sorted(known))
    irregular = {(tag, form): lemma for form, tag, lemma in table}
    right = total = 0
    for form, tag, upos, lemma in read(folder, "dev"):
        key = form.lower().replace("’", "'")
        right += irregular.get((tag, key), by_rule(form, tag, known, rules)) == lemma
        total += 1
    print(f"irregular {len(table)}  known {len(known)}  dev lemmas with gold tags {right / total:.4f}")


main()
