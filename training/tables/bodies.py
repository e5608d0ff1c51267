"""Makes actor/bodies.tsv from the Phoenix dictionaries: organisations, companies and armed groups with country and sectors.

usage: python training/tables/bodies.py WHO_DIR

Entries with days are people in office and stand in other tables; of names that are one common English word nothing is known.
Phoenix writes in capitals: words get their case here, acronyms by having no vowels or standing in brackets. Names that
actor/organisations.tsv or actor/seats.tsv have are left out, and so are people among the armed groups.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2] / "crates/demarche-tables/data"
OUT = ROOT / "actor/bodies.tsv"
# CAMEO's roles and PLOVER's sectors; what is not here says nothing of the sector.
SECTORS = {"GOV": "GOV", "MIL": "MIL", "COP": "COP", "JUD": "JUD", "LEG": "LEG", "OPP": "OPP", "REB": "REB", "INS": "REB", "SEP": "REB",
           "CVL": "CVL", "BUS": "BUS", "EDU": "EDU", "HLH": "MED", "MED": "JRN", "LAB": "LAB", "REL": "REL", "REF": "REF", "AGR": "AGR",
           "SPY": "SPY", "UAF": "UAF", "RAD": "REB", "PTY": "PTY", "CRM": "CRM"}
WIDE = {"IGO": "IGO", "NGO": "NGO", "MNC": "MNC", "IMG": "IMG", "NGM": "NGO"}
SMALL = {"of", "the", "and", "for", "in", "on", "to", "de", "del", "la", "e", "y", "des", "du", "et", "und", "der", "a", "an", "with", "against"}
SUFFIX = re.compile(r" (inc|corp|corporation|co|ltd|limited|plc|company|llc|lp|sa|ag|nv)\.?$", re.I)


def lines(name, first=None):
    for line in (ROOT / name).read_text(encoding="utf8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def entries(path):
    """[names, codes] of every entry: a name, `+` other names, codes in brackets behind or below."""
    current = None
    for line in path.read_text(encoding="utf8", errors="replace").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        body = re.split(r"[;#]", line)[0].rstrip()
        codes = re.findall(r"\[([^\]]*)\]", body)
        if line[0] not in "+\t ":
            if current:
                yield current
            current = [[body.split("[")[0]], codes]
        elif current:
            current[0] += [body[1:].split("[")[0]] if line[0] == "+" else []
            current[1] += codes
    if current:
        yield current


def spelled(key, words):
    """The names that a key in capitals stands for."""
    key = key.strip().strip("_").strip()
    short = re.findall(r"\(([A-Z-]{2,8})\)", key)
    key = re.sub(r"\(.*?\)", "", key).replace("_", " ")
    key = SUFFIX.sub("", re.sub(r"\s+", " ", key).strip().removeprefix("THE "))
    if len(key) < 3 or not re.fullmatch(r"[A-Z][A-Z0-9'&. -]+", key):
        return short
    if " " not in key and "-" not in key:
        if key.lower() in words or len(key) > 16:
            return short
        bare = not re.search(r"[AEIOU]", key) or len(key) <= 4
        return short + [key if bare else key.capitalize()]
    return [case(key)] + short


def case(key):
    out = []
    for i, word in enumerate(key.split(" ")):
        parts = []
        for part in word.split("-"):
            bare = len(part) > 1 and not re.search(r"[AEIOUY]", part) and part.isalpha()
            small = part.lower() in SMALL and i > 0
            parts.append(part if bare else part.lower() if small else part[:1] + part[1:].lower())
        out.append("-".join(parts))
    return " ".join(out)


def said(code, states):
    """Country and sectors of a code of CAMEO."""
    parts = [code[i:i + 3] for i in range(0, len(code.strip()), 3)]
    country, sectors = "", []
    if parts and parts[0] in WIDE:
        country = WIDE[parts[0]]
        sectors = [country]
        if "UNO" in parts:
            country, sectors = "UNO", ["UNO"]
        elif "EEC" in parts:
            country, sectors = "EUR", ["EUR"]
        parts = parts[1:]
    for part in parts:
        part = {"KSV": "XKX", "ROM": "ROU", "TMP": "TLS", "ZAR": "COD"}.get(part, part)
        if part in states and country not in ("UNO", "EUR", "IGO"):
            country = part if country in ("", "NGO", "MNC", "IMG") else country
        elif part in SECTORS and SECTORS[part] not in sectors:
            sectors.append(SECTORS[part])
    # The manual has multinational companies in the place of a country.
    return ("MNC" if "MNC" in sectors else country), sectors


def main():
    who = Path(sys.argv[1])
    states = {row[0] for row in lines("actor/states.tsv")}
    words = {w for row in lines("words/lemmas.txt") for w in row}
    taken = {n.lower() for t in ("actor/organisations.tsv", "actor/seats.tsv") for r in lines(t) for n in (r[0], *r[1].split("|"))}
    taken |= {n.lower() for r in lines("actor/states.tsv") for c in r[1:5] for n in c.split("|")}
    taken |= {r[0].lower() for t in ("actor/offices.tsv", "actor/offices_before_2010.tsv") for r in lines(t)}
    table = {}
    for name in ("MilNonState", "International"):
        for keys, codes in entries(who / f"Phoenix.{name}.actors.txt"):
            code = codes[0] if codes else ""
            if not code or any(re.search(r"\d", c) for c in codes):
                continue
            if name == "MilNonState" and not code.endswith(("REB", "ALQ")):
                continue
            country, sectors = said(code, states)
            if re.search(r"SECRETARY|ENVOY|RAPPORTEUR|REPRESENTATIVE|RESIDENT$|PRESIDENT|SPOKES|MONITOR|OFFICIAL", keys[0]):
                continue
            names = list(dict.fromkeys(n for k in keys for n in spelled(k, words) if n.lower() not in taken))
            if names and sectors:
                taken |= {n.lower() for n in names}
                table[names[0]] = (names[1:], country, sectors)
    with open(OUT, "w", encoding="utf8") as f:
        f.write("name\taliases\tcountry\tsectors\n# Organisations, companies and armed groups; those kept by hand stand in organisations.tsv.\n"
                "# Source: Phoenix actor dictionaries, Open Event Data Alliance (MIT); made by training/tables/bodies.py\n")
        f.writelines(f"{n}\t{'|'.join(a)}\t{c}\t{'|'.join(s)}\n" for n, (a, c, s) in sorted(table.items()))
    print(len(table), "bodies")


main()
