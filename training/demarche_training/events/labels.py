"""The labels that the network gives, in the order of its scores."""

import json
from dataclasses import dataclass
from pathlib import Path

from .. import corpus

STATES = Path(__file__).parents[3] / "crates/demarche-tables/data/actor/states.tsv"
# What has a code in the place of a country.
BODIES = "UNO EUR IGO NGO MNC IMG ISM".split()
SECTORS = "- GOV MIL COP JUD LEG PTY OPP REB PRM SPY CRM CVL BUS EDU JRN LAB MED REF REL SOC ELI AGR UAF UNK".split()


@dataclass
class Labels:
    types: list[str]  # the first is NONE
    modes: list[str]  # as TYPE/mode; the first is NONE
    statuses: list[str]
    sectors: list[str]
    countries: list[str]  # the first is `?`, that nobody can tell

    @staticmethod
    def shipped() -> "Labels":
        ontology = corpus.ontology()
        modes = [f"{kind}/{mode}" for kind, of in ontology.items() for mode in sorted(of)]
        states = [line.split("\t")[0] for line in STATES.read_text(encoding="utf8").splitlines()[1:] if line[:1] != "#"]
        return Labels(["NONE", *ontology], ["NONE", *modes], list(corpus.STATUSES), SECTORS, ["?", *BODIES, *sorted(states)])

    def sizes(self) -> dict[str, int]:
        return {"type": len(self.types), "mode": len(self.modes), "status": len(self.statuses), "historic": 1, "sector": len(self.sectors),
                "country": len(self.countries)}

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(vars(self), indent=1) + "\n", encoding="utf8")
