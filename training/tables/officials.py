"""Makes actor/officials.tsv from CountryInfo: ministers and other officials of all states, 2002 to 2011, to the month.

usage: python training/tables/officials.py WHO_DIR

CountryInfo gives, after the CIA's directory, a name, a code with first and last month for every post, and the posts. Who
stands in actor/offices.tsv or actor/offices_before_2010.tsv, where the days are known, is left out. A term that was running
when the source ends is closed there.
"""

import calendar
import re
import sys

from countryinfo import ACTOR, countries, name, plain, rows

BEGINS, ENDS = "2002-01-01", "2011-12-31"
SECTORS = {"MIL": "MIL", "EDU": "EDU", "HLH": "MED", "MED": "JRN", "JUD": "JUD", "LEG": "LEG", "LAB": "LAB", "AGR": "AGR", "COP": "COP",
           "SPY": "SPY", "REL": "REL", "BUS": "BUS"}
# What CountryInfo's codes mean otherwise: a minister of trade is no business, one of communications no journalist.
NOT_OF_A_MINISTER = {"BUS", "JRN", "EDU", "LAB", "AGR", "MED", "REL", "JUD"}
ABBREVIATED = {"Min.": "Minister", "Dep.": "Deputy", "Pres.": "President", "Sec.": "Secretary", "Dir.": "Director", "Gov.": "Governor"}
TITLES = [("foreign minister", r"minister (of|for) (foreign|external) (affairs|relations)"),
          ("defence minister", r"minister (of|for) (national )?defen[cs]e"), ("interior minister", r"minister (of|for) (the )?interior|internal affairs|home affairs"),
          ("finance minister", r"minister (of|for) finance"), ("justice minister", r"minister (of|for) justice"),
          ("ambassador to the United Nations", r"permanent representative to the un\b"),
          ("ambassador to the United States", r"ambassador to the us\b"), ("central bank governor", r"(governor|president|chairman), .*bank")]


def office(title):
    for plain, pattern in TITLES:
        if re.search(pattern, title, re.I):
            return plain
    title = " ".join(ABBREVIATED.get(w, w) for w in title.split())
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def day(stamp, last=False):
    year, month = int(stamp[:4]), min(12, max(1, int(stamp[4:6])))
    return f"{year}-{month:02}-{calendar.monthrange(year, month)[1] if last else 1:02}"


def terms(line):
    """(sectors, from, to) of every post of a line."""
    for code, span in re.findall(r"\[([A-Z]{6,})\s+([^\]]+)\]", line):
        days = re.findall(r"\d{8}", span)
        if not days:
            continue
        start, end = (days[0], days[1]) if len(days) > 1 else (None, days[0]) if "<" in span else (days[0], None)
        extra = [SECTORS[code[i:i + 3]] for i in range(6, len(code) - 2, 3) if code[i:i + 3] in SECTORS]
        yield code[3:6], extra, day(start) if start else BEGINS, day(end, True) if end else ENDS


def known():
    tables = ("offices.tsv", "offices_before_2010.tsv")
    return {(r[2], plain(n)) for table in tables for r in rows(table) for n in (r[0], *r[1].split("|"))}


def main():
    out, taken = set(), known()
    for code, block in countries(sys.argv[1]):
        government = re.search(r"<Government>(.*?)</Government>", block, re.S)
        for line in government[1].splitlines() if government else []:
            line = line.strip()
            posts = [p.strip() for p in re.sub(r"_\b", "", line.split("#")[1]).split("&")] if "#" in line else []
            keys = re.findall(r"\{([^}]*)\}", line.split("[")[0]) or [line.split("[")[0].strip()]
            names = [n for n in map(name, keys) if re.fullmatch(r"[\w' .-]+ [\w' .-]+", n)]
            if not names or line.startswith("#") or any((code, plain(n)) in taken for n in names):
                continue
            held = list(terms(line))
            for i, (role, extra, start, end) in enumerate(held):
                if role != "GOV" or start > end:
                    continue
                post = office(posts[i]) if len(posts) == len(held) or len(held) == 1 and posts else ""
                sectors = ["GOV", *[s for s in extra if s not in NOT_OF_A_MINISTER]]
                out.add((names[0], "|".join(names[1:]), code, post, start, end, "|".join(dict.fromkeys(sectors))))
    with open(ACTOR / "officials.tsv", "w", encoding="utf8") as f:
        f.write("name\taliases\tcountry\toffice\tfrom\tto\tsectors\n"
                "# Ministers and other officials, 2002 to 2011, to the month; known by their full names alone.\n"
                "# Source: OEDA CountryInfo (MIT), after the CIA's Chiefs of State and Cabinet Members; made by training/tables/officials.py\n")
        f.writelines("\t".join(r) + "\n" for r in sorted(out, key=lambda r: (r[2], r[0], r[4])))
    print(len(out), "terms")


main()
