"""Makes actor/offices_before_2010.tsv from CountryInfo: heads of state and of government whose terms ended before 2010.

usage: python training/tables/offices.py WHO_DIR

CountryInfo's leaders come from rulers.org, with first and last day. An office of a country that actor/offices.tsv has is left
to it from the day on which it begins there; who has another spelling there has it here too. Terms that CountryInfo leaves open,
or that end in 2010 or later, stand there alone.
"""

import re
import sys
from collections import defaultdict

from countryinfo import ACTOR, countries, name, plain, rows

# Codes of states that CountryInfo files under a successor, by the last day of the predecessor.
EARLIER = {"RUS": ("SUN", "19911225"), "CZE": ("CSK", "19921231"), "SRB": ("YUG", "20060604")}


def title(tag):
    tag = tag.replace("_", " ").lower().strip()
    tag = re.sub(r"^(acting |interim |provisional )", "", tag)
    singular = {"presidents": "president", "prime ministers": "prime minister", "kings": "king", "emperors": "emperor",
                "chancellors": "chancellor", "queens": "queen", "premiers": "premier", "emirs": "emir", "sultans": "sultan"}
    first = tag.split(" of the ")[0].split(" (")[0]
    plural = re.sub(r"men\b", "man", re.sub(r"ies\b", "y", first))
    return singular.get(first, re.sub(r"(?<=[rtnd])s\b", "", plural))


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


def terms(who):
    for code, block in countries(who):
        for tag, line in leaders(block):
            keys = re.findall(r"\{([^}]*)\}", line.split("[")[0]) or [line.split("[")[0].strip()]
            names = [name(k) for k in dict.fromkeys(keys)]
            if not all(re.fullmatch(r"[\w' .()-]+", n) for n in names) or len(names[0]) < 3:
                continue
            for start, end in re.findall(r"\[(\d{8})\s*-\s*(\d{8})\]", line):
                if "19450000" <= end < "20100000" and start <= end:
                    earlier = EARLIER.get(code)
                    country = earlier[0] if earlier and end <= earlier[1] else code
                    yield names, country, title(tag), day(start), day(end)


class Kept:
    """What actor/offices.tsv says: when an office of a country begins in it, who is spelled how, who was in office when."""

    def __init__(self):
        self.begins, self.spelled, self.held = {}, defaultdict(dict), defaultdict(list)
        for person, aliases, country, office, start, end in rows("offices.tsv"):
            self.begins[country, office] = min(start, self.begins.get((country, office), start))
            self.held[country].append((plain(person), start, end or "9999"))
            for spelling in (person, *filter(None, aliases.split("|"))):
                self.spelled[country].setdefault(plain(spelling), person)

    def spelling(self, country, person):
        words, known = plain(person), self.spelled[country]
        near = [n for other, n in known.items() if len(words) > 1 and len(other) > 1 and (other < words or words < other)]
        return known.get(words) or (near[-1] if near else person)

    def has(self, country, person, start, end):
        words = plain(person)
        return any(words & other and a < end and start < b for other, a, b in self.held[country])


def main():
    kept, out = Kept(), set()
    for names, country, office, start, end in terms(sys.argv[1]):
        begins = kept.begins.get((country, office), "9999")
        end = min(end, begins)
        if start < begins and not kept.has(country, names[0], start, end):
            person = kept.spelling(country, names[0])
            aliases = [n for n in names if n != person]
            out.add((person, "|".join(aliases), country, office, start, end))
    with open(ACTOR / "offices_before_2010.tsv", "w", encoding="utf8") as f:
        f.write("name\taliases\tcountry\toffice\tfrom\tto\n# Heads of state and of government whose terms ended between 1945 and 2010.\n"
                "# Source: OEDA CountryInfo (MIT), after rulers.org; made by training/tables/offices.py\n")
        f.writelines("\t".join(r) + "\n" for r in sorted(out, key=lambda r: (r[2], r[4], r[0])))
    print(len(out), "terms")


main()
