"""Makes actor/agents.tsv from PLOVER's agent dictionary: nouns for kinds of people and bodies, with their sectors.

usage: python training/tables/agents.py WHO_DIR

Phrases whose last word alone has the same sectors are left out: the head noun decides. What the dictionary lacks or has
wrong is kept by hand in actor/agents_by_hand.tsv, which is read after it.
"""

import re
import sys
from pathlib import Path

OUT = Path(__file__).parents[2] / "crates/demarche-tables/data/actor/agents.tsv"
CODES = ("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC IGO NGO ISM IMG MNC").split()


def codes(packed):
    found = [packed[i:i + 3] for i in range(0, len(packed), 3)]
    return found if all(c in CODES for c in found) else None


def phrases(key, persons):
    """`CATTLE!PERSON!` stands for every noun of the set; `{...}` gives an irregular plural."""
    key = re.sub(r"\{.*?\}", "", key).strip().strip("_")
    for word in persons if "!PERSON!" in key else [""]:
        phrase = re.sub(r"\s+", " ", key.replace("!PERSON!", word).replace("_", " ")).strip().lower()
        # The dictionary's stem for a minister and for a ministry.
        stems = ["minister", "ministry"] if re.search(r"\bminist\b", phrase) else [""]
        yield from (re.sub(r"\bminist\b", stem, phrase) for stem in stems)


def main():
    table, persons = {}, ["MAN", "WOMAN", "PERSON"]
    for line in open(sys.argv[1] + "/plover_agents.txt", encoding="latin1"):
        line = line.split("#")[0].strip()
        found = re.match(r"(.+?)\s*\[~(\w+)\]", line)
        if not found or line.startswith("!MINIST!") or "!MINIST!" in line:
            continue
        sectors = codes(found[2])
        if sectors:
            for phrase in phrases(found[1], persons):
                if re.fullmatch(r"[a-z' .-]+", phrase) and len(phrase) > 2:
                    table.setdefault(phrase, sectors)
    kept = {}
    for phrase, sectors in table.items():
        tails = [" ".join(phrase.split()[i:]) for i in range(1, len(phrase.split()))]
        if not any(table.get(t) == sectors for t in tails):
            kept[phrase] = sectors
    with open(OUT, "w", encoding="utf8") as f:
        f.write("phrase\tsectors\n# Kinds of people and bodies, singular, lower case, and their PLOVER sectors.\n"
                "# Source: PLOVER_agents of the Open Event Data Alliance (MIT); made by training/tables/agents.py\n")
        f.writelines(f"{p}\t{'|'.join(s)}\n" for p, s in sorted(kept.items()))
    print(len(table), "phrases,", len(kept), "kept")
    for word in ("prime minister president minister premier official government leader troops soldier army police rebel militant "
                 "protester demonstrator public voter citizen civilian opposition lawmaker parliament court judge journalist expert analyst "
                 "spokesman spokeswoman ambassador envoy diplomat union worker student teacher refugee migrant company bank gunman "
                 "insurgent terrorist activist party senator mayor governor king general commander force navy ministry authority "
                 "administration cabinet regime state junta faction group resident people man woman child family victim").split():
        if word not in kept:
            print("lacks", word)


main()
