"""Makes actor/offices_before_2010.tsv from CountryInfo: heads of state and of government whose terms ended before 2010.

usage: python training/tables/offices.py WHO_DIR

CountryInfo's leaders come from rulers.org, with first and last day. Terms that it leaves open, or that end in 2010 or later,
are kept by hand in actor/offices.tsv.
"""

import re
import sys
from pathlib import Path

OUT = Path(__file__).parents[2] / "crates/demarche-tables/data/actor/offices_before_2010.tsv"
# Codes of states that CountryInfo files under a successor, by the last day of the predecessor.
EARLIER = {"RUS": ("SUN", "19911225"), "CZE": ("CSK", "19921231"), "SRB": ("YUG", "20060604"), "ZAR": ("ZAR", "19970517")}
SMALL = {"Of", "The", "And", "De", "Da", "Di", "Del", "Von", "Van", "Bin", "Ibn", "Al", "El", "Y", "In", "For"}


def title(tag):
    tag = tag.replace("_", " ").lower().strip()
    tag = re.sub(r"^(acting |interim |provisional )", "", tag)
    singular = {"presidents": "president", "prime ministers": "prime minister", "kings": "king", "emperors": "emperor",
                "chancellors": "chancellor", "queens": "queen", "premiers": "premier", "emirs": "emir", "sultans": "sultan"}
    first = tag.split(" of the ")[0].split(" (")[0]
    plural = re.sub(r"men\b", "man", re.sub(r"ies\b", "y", first))
    return singular.get(first, re.sub(r"(?<=[rtnd])s\b", "", plural))


def name(key):
    words = [w for w in key.strip("_ ").split("_") if w]
    cased = []
    for word in words:
        parts = [p[:1].upper() + p[1:].lower() for p in word.split("-")]
        word = "-".join(parts)
        cased.append(word.lower() if word in SMALL and cased else word)
    return " ".join(cased)


def day(stamp):
    year, month, day = stamp[:4], min(12, max(1, int(stamp[4:6]))), min(28 if stamp[4:6] == "02" else 30, max(1, int(stamp[6:8])))
    exact = stamp if 1 <= int(stamp[6:8]) <= 31 and 1 <= int(stamp[4:6]) <= 12 else None
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}" if exact else f"{year}-{month:02}-{day:02}"


def leaders(block):
    found = re.search(r"<Leaders>(.*?)</Leaders>", block, re.S)
    tag = None
    for line in (found[1] if found else "").splitlines():
        line = line.strip()
        opened = re.match(r"<([^/>][^>]*)>", line)
        if opened:
            tag = opened[1]
        elif line and not line.startswith(("<", "#")) and tag:
            yield tag, line


def main():
    text = open(sys.argv[1] + "/countryinfo_2016.txt", encoding="utf8", errors="replace").read()
    rows = set()
    for block in re.findall(r"<Country>(.*?)</Country>", text, re.S):
        code = re.search(r"<CountryCode>(\w+)", block)
        if not code:
            continue
        for tag, line in leaders(block):
            keys = re.findall(r"\{([^}]*)\}", line.split("[")[0]) or [line.split("[")[0].strip()]
            for start, end in re.findall(r"\[(\d{8})\s*-\s*(\d{8})\]", line):
                if not "19450000" <= end < "20100000" or start > end:
                    continue
                country = code[1]
                earlier = EARLIER.get(country)
                if earlier and end <= earlier[1]:
                    country = earlier[0]
                names = [name(k) for k in dict.fromkeys(keys)]
                if all(re.fullmatch(r"[\w' .()-]+", n) for n in names) and len(names[0]) > 2:
                    rows.add((names[0], "|".join(names[1:]), country, title(tag), day(start), day(end)))
    with open(OUT, "w", encoding="utf8") as f:
        f.write("name\taliases\tcountry\toffice\tfrom\tto\n# Heads of state and of government whose terms ended between 1945 and 2010.\n"
                "# Source: OEDA CountryInfo (MIT), after rulers.org; made by training/tables/offices.py\n")
        f.writelines("\t".join(r) + "\n" for r in sorted(rows, key=lambda r: (r[2], r[4], r[0])))
    print(len(rows), "terms")


main()
