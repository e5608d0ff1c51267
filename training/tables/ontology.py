"""Makes ontology/*.tsv from plover.json, PLOVER 2.0 as one table.

usage: python training/tables/ontology.py ONTOLOGY_DIR
"""

import json
import re
import sys
from pathlib import Path

OUT = Path(__file__).parents[2] / "crates/demarche-tables/data/ontology"
SOURCE = "# Source: PLOVER 2.0 draft manual (Open Event Data Alliance, CC BY-SA 4.0), codes and numbers as facts; made by training/tables/ontology.py\n"


def write(name, header, rows, note=""):
    with open(OUT / name, "w", encoding="utf8") as f:
        f.write("\t".join(header) + "\n" + note + SOURCE)
        f.writelines("\t".join(str(c) for c in row) + "\n" for row in rows)


def main():
    plover = json.load(open(sys.argv[1] + "/plover.json"))
    types, modes = [], []
    for t in plover["types"]:
        score = t["score"]
        types.append((t["name"], t["quad"], score, t["default_cameo_code"], "|".join(t["cameo_roots"])))
        modes += [(t["name"], m["name"], m["score"] if m["score"] is not None else score) for m in t["modes"]]
    write("types.tsv", ("type", "quad", "score", "cameo", "roots"), types)
    write("modes.tsv", ("type", "mode", "score"), modes)
    write("contexts.tsv", ("context", "definition"), [(c["name"], c["definition"]) for c in plover["contexts"]])
    write("sectors.tsv", ("sector", "definition"), [(c["code"], c["definition"]) for c in plover["sectors"]]
          + [(c["code"], c["name"]) for c in plover["international_entities"]])
    goldstein = plover["cameo_goldstein"]
    # The conversion table has CAMEO's label of each code behind a `#`.
    table = open(sys.argv[1] + "/CAMEO2PLOVER-2021.txt", encoding="utf8", errors="replace").read()
    labels = dict(re.findall(r"^(\d{2,4}):.*?#\s*(.+?)\s*$", table, re.M))
    rows = []
    for code, to in sorted(plover["cameo_to_plover"].items()):
        better = to.get("v2_suggested", to)
        rows.append((code, to["type"] or "", better["mode"] or "", "|".join(better["contexts"]), goldstein.get(code, ""),
                     labels.get(code, "")))
    write("cameo.tsv", ("code", "type", "mode", "contexts", "goldstein", "label"), rows)


main()
