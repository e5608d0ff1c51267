"""Reads OEDA's CountryInfo: its countries, and names as people write them."""

import re
import unicodedata
from pathlib import Path

ACTOR = Path(__file__).parents[2] / "crates/demarche-tables/data/actor"
SMALL = {"Of", "The", "And", "De", "Da", "Di", "Del", "Von", "Van", "Bin", "Ibn", "Al", "El", "Y", "In", "For", "Dos", "Das", "Du"}
# CountryInfo's own codes; dependencies go to the state that controls them, as PLOVER has it.
CODES = {"KSV": "XKX", "TMP": "TLS", "CHNTIB": "CHN", "BIHBHF": "BIH", "BIHSPR": "BIH", "ABW": "NLD", "AIA": "GBR", "BMU": "GBR",
         "CYM": "GBR", "COK": "NZL", "DNKFRO": "DNK", "GBRFLK": "GBR", "GBRIMY": "GBR", "GBRVGB": "GBR", "USAASM": "USA", "USAPRI": "USA"}


def countries(who):
    """(code, block) of every country."""
    text = Path(who, "countryinfo_2016.txt").read_text(encoding="utf8", errors="replace")
    for block in re.findall(r"<Country>(.*?)</Country>", text, re.S):
        code = re.search(r"<CountryCode>(\w+)", block)
        if code:
            # The file gives Afghanistan the code of Anguilla.
            yield "AFG" if "<CountryName>AFGHANISTAN" in block else CODES.get(code[1], code[1]), block


def name(key):
    """`SHINZO_ABE_` as Shinzo Abe."""
    cased = []
    for word in filter(None, key.strip("_ ").split("_")):
        word = "-".join(p[:1].upper() + p[1:].lower() for p in word.split("-"))
        cased.append(word.lower() if word in SMALL and cased else word)
    return " ".join(cased)


def plain(name):
    """The words of a name without accents, case and hyphens."""
    for letter, instead in (("ł", "l"), ("ø", "o"), ("đ", "d"), ("ı", "i")):
        name = name.lower().replace(letter, instead)
    letters = unicodedata.normalize("NFD", name.replace("-", " "))
    return frozenset("".join(c for c in letters if not unicodedata.combining(c)).split())


def rows(table):
    """The rows of a table of offices, without its header: name, aliases, country, office, from, to."""
    for line in (ACTOR / table).read_text(encoding="utf8").splitlines()[1:]:
        if line and not line.startswith(("#", "-\t")):
            yield (line.split("\t") + [""] * 6)[:6]
