"""Makes actor/leaders.tsv from REIGN: leaders of states since 1950 whom the other tables of offices lack.

usage: python training/tables/leaders.py WHO_DIR

REIGN gives the day on which a leader began and the month of the end, and of many the surname alone. A term ends on the day the
next leader of the state begins, where that is within its last month or the one after it, else on that month's last day. Which
office it was REIGN does not say: all are leaders.
"""

import calendar
import csv
import datetime
import re
import sys

from countryinfo import ACTOR, plain, rows

SMALL = {"al", "el", "de", "da", "dos", "van", "von", "der", "bin", "ibn", "ben", "ould", "abu"}


def parts(name):
    return {w for w in plain(re.sub(r"[^\w -]", " ", name)) if len(w) > 2} - SMALL


def states():
    """By COW number, the codes that bear it with their years."""
    header, *lines = [r for r in (ACTOR / "states.tsv").read_text(encoding="utf8").splitlines() if not r.startswith("#")]
    out = {}
    for line in lines:
        row = dict(zip(header.split("\t"), line.split("\t") + [""] * 12))
        if row["cow"]:
            span = int(row["from"] or 0), int(row["to"] or 9999)
            out.setdefault(row["cow"], []).append((*span, row["code"]))
    return out


def main():
    known = {}
    for table in ("offices.tsv", "offices_before_2010.tsv"):
        for name, aliases, country, _, start, end in rows(table):
            words = set().union(*(parts(n) for n in (name, *aliases.split("|"))))
            known.setdefault(country, []).append((words, start, end or "9999"))
    by_cow, terms = states(), {}
    path = sys.argv[1] + "/reign_leaders_1950_2021.csv"
    for row in csv.DictReader(open(path, encoding="utf8", errors="replace")):
        try:
            start = datetime.date(int(row["syear"]), int(row["smonth"]), int(row["sdate"]))
            year, month = int(row["eyear"] or 2021), int(row["emonth"] or 3)
            end = datetime.date(year, month, calendar.monthrange(year, month)[1])
        except ValueError:
            continue
        terms.setdefault(row["ccode"], []).append((start, end, re.sub(r" *\(.*?\)|[^\w' .-]", "", row["leader"]).strip()))
    out = []
    for cow, list_ in terms.items():
        list_.sort()
        for (start, end, name), after in zip(list_, [*list_[1:], None]):
            if after and abs((after[0] - end).days) <= 31:
                end = after[0]
            code = next((c for a, b, c in by_cow.get(cow, []) if a <= start.year <= b), None)
            words = parts(name)
            overlaps = lambda k: k[0] & words and k[1] <= end.isoformat() and start.isoformat() <= k[2]
            if code and words and start < end and not any(overlaps(k) for c in {code, *(c for *_, c in by_cow[cow])} for k in known.get(c, [])):
                out.append((name, "", code, "leader", start.isoformat(), end.isoformat()))
    with open(ACTOR / "leaders.tsv", "w", encoding="utf8") as f:
        f.write("name\taliases\tcountry\toffice\tfrom\tto\n# Leaders of states since 1950 whom offices.tsv and offices_before_2010.tsv lack; of many "
                "the surname alone.\n# Source: REIGN, One Earth Future Foundation (MIT); made by training/tables/leaders.py\n")
        f.writelines("\t".join(r) + "\n" for r in sorted(out, key=lambda r: (r[2], r[4])))
    print(len(out), "terms")


main()
