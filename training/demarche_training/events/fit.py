"""Fits the decisions of `event/decisions.tsv` on marked stories that the network has not learnt.

usage: python -m demarche_training.events.fit --marked DIR --candidates FILE --table TSV [--fold 3]

FILE is what `demarche annotate --layers candidates --from jsonl` writes of the stories. Weights are those of logistic models: whether a word tells of
an event, which type and which status it has (one of several answers), and whether a phrase is an actor or a recipient. The least probabilities from
which events and parties are kept are those that give the best F1 of whole events.
"""

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import torch

from . import marks

Span = tuple[int, int]


@dataclass
class Table:
    """Decisions, each with features and their weights."""

    path: Path
    head: list[str] = field(default_factory=list)
    weights: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    @staticmethod
    def read(path: Path) -> "Table":
        table = Table(path)
        for line in path.read_text(encoding="utf8").splitlines():
            if line.startswith("#") or not table.head:
                table.head.append(line)
            elif line:
                decision, feature, weight = line.split("\t")
                table.weights[decision][feature] = float(weight)
        return table

    def write(self) -> None:
        rows = [f"{decision}\t{feature}\t{weight:.4g}" for decision, of in self.weights.items() for feature, weight in of.items()]
        self.path.write_text("\n".join(self.head + rows) + "\n", encoding="utf8")


def names(rows: list[dict[str, float]]) -> list[str]:
    return sorted({name for row in rows for name in row})


def matrix(rows: list[dict[str, float]], columns: list[str]) -> torch.Tensor:
    return torch.tensor([[row.get(c, 0.0) for c in columns] for row in rows], dtype=torch.float64)


def minimize(weights: torch.Tensor, loss) -> torch.Tensor:
    weights.requires_grad_(True)
    optimizer = torch.optim.LBFGS([weights], max_iter=500, line_search_fn="strong_wolfe")

    def step():
        optimizer.zero_grad()
        value = loss(weights)
        value.backward()
        return value

    optimizer.step(step)
    return weights.detach()


def binary(rows: list[dict[str, float]], right: list[bool], ridge: float = 1.0) -> dict[str, float]:
    """The weights of a logistic model, its bias first."""
    columns = names(rows)
    x, y = matrix(rows, columns), torch.tensor(right, dtype=torch.float64)
    scale = x.std(0).clamp(min=1e-6)
    full = torch.cat([torch.ones(len(x), 1, dtype=torch.float64), x / scale], 1)
    loss = lambda w: torch.nn.functional.binary_cross_entropy_with_logits(full @ w, y, reduction="sum") + ridge * (w[1:] ** 2).sum() / 2
    w = minimize(torch.zeros(len(columns) + 1, dtype=torch.float64), loss)
    return {"bias": w[0].item()} | {c: (w[i + 1] / scale[i]).item() for i, c in enumerate(columns)}


def choice(groups: list[tuple[list[dict[str, float]], int]], ridge: float = 1.0) -> dict[str, float]:
    """The weights by which the right one of several answers has the highest sum."""
    columns = names([row for rows, _ in groups for row in rows])
    size = max(len(rows) for rows, _ in groups)
    x = torch.zeros(len(groups), size, len(columns), dtype=torch.float64)
    there = torch.zeros(len(groups), size, dtype=torch.bool)
    for i, (rows, _) in enumerate(groups):
        x[i, : len(rows)] = matrix(rows, columns)
        there[i, : len(rows)] = True
    y = torch.tensor([right for _, right in groups])
    scale = x[there].std(0).clamp(min=1e-6)
    loss = lambda w: torch.nn.functional.cross_entropy(((x / scale) @ w).masked_fill(~there, -1e9), y, reduction="sum") + ridge * (w**2).sum() / 2
    w = minimize(torch.zeros(len(columns), dtype=torch.float64), loss)
    return {c: (w[i] / scale[i]).item() for i, c in enumerate(columns)}


def score(weights: dict[str, float], features: dict[str, float]) -> float:
    return weights.get("bias", 0.0) + sum(weights.get(k, 0.0) * v for k, v in features.items())


def probability(weights: dict[str, float], features: dict[str, float]) -> float:
    return torch.sigmoid(torch.tensor(score(weights, features))).item()


def overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def span(of: dict) -> Span:
    return of["start"], of["end"]


def aligned(story: marks.Story, candidates: list[dict], chance) -> list[tuple[dict, marks.Event | None]]:
    """Every candidate with the event whose trigger it is: of several words of one trigger the likeliest."""
    taken: dict[int, dict] = {}
    for number, event in story.events.items():
        words = [c for c in candidates if overlap(span(c["trigger"]), event.trigger)]
        if words:
            taken[number] = max(words, key=chance)
    by = {id(c): number for number, c in taken.items()}
    return [(c, story.events[by[id(c)]] if id(c) in by else None) for c in candidates]


SIDES = ("actor", "recipient")


def claimed(event: marks.Event, side: str, claim: dict) -> bool:
    return any(overlap(span(claim), party.span) for party in getattr(event, side + "s"))


def settled(weights: dict, candidate: dict, least: float) -> dict[str, list[dict]]:
    """The phrases that stand, by side, as the program settles them."""
    claims = []
    for claim in candidate["parties"]:
        chances = [probability(weights[side], claim[side]) for side in SIDES]
        side = int(chances[1] > chances[0])
        claims.append((chances[side], SIDES[side], claim))
    kept: list[tuple[float, str, dict]] = []
    for chance, side, claim in sorted(claims, key=lambda c: -c[0]):
        if chance >= least and not any(overlap(span(claim), span(k)) for _, _, k in kept):
            kept.append((chance, side, claim))
    return {side: [c for _, s, c in kept if s == side] for side in SIDES}


def right(event: marks.Event, side: str, kept: list[dict]) -> bool:
    parties = getattr(event, side + "s")
    return all(any(overlap(p.span, span(c)) for c in kept) for p in parties) and all(any(overlap(p.span, span(c)) for p in parties) for c in kept)


def fit(rows: list[tuple[dict, marks.Event | None]], table: Table) -> None:
    told = [(c, e) for c, e in rows if e is not None]
    best = lambda answers, what: next((i for i, a in enumerate(answers) if a["what"] == what), None)
    for decision, key, of in (("type", "types", "type"), ("status", "statuses", "status")):
        groups = [([a["features"] for a in c[key]], best(c[key], getattr(e, of))) for c, e in told]
        table.weights[decision] = choice([(answers, i) for answers, i in groups if i is not None])
    for side in SIDES:
        claims = [(claim[side], claimed(e, side, claim)) for c, e in told for claim in c["parties"]]
        table.weights[side] = binary([f for f, _ in claims], [y for _, y in claims])
    groups = [([a["features"] for a in claim["countries"]], best(claim["countries"], country)) for claim, country in located(told)]
    table.weights["country"] = choice([(answers, i) for answers, i in groups if i is not None])
    features = [c["features"] for c, _ in rows]
    table.weights["event"] = binary(features, [e is not None for _, e in rows])
    table.weights["party"], table.weights["event"]["least"] = least(rows, table.weights)


def located(told: list[tuple[dict, marks.Event]]) -> list[tuple[dict, str]]:
    """The phrases that are parties, each with the country of the party that it shares most words with."""
    out = []
    for candidate, event in told:
        for party in event.actors + event.recipients:
            claims = [c for c in candidate["parties"] if overlap(span(c), party.span)]
            if claims:
                shared = lambda c: min(c["end"], party.span[1]) - max(c["start"], party.span[0])
                out.append((max(claims, key=shared), party.country))
    return out


def least(rows, weights) -> tuple[dict[str, float], float]:
    """The least probabilities of parties and of events."""
    chances = [probability(weights["event"], c["features"]) for c, _ in rows]
    top = lambda c, key, decision: max(c[key], key=lambda a: score(weights[decision], a["features"]))["what"]
    marked = sum(e is not None for _, e in rows)
    found = []
    for party in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
        whole = []
        for (c, e), chance in zip(rows, chances):
            kept = settled(weights, c, party)
            ok = e is not None and top(c, "types", "type") == e.type and top(c, "statuses", "status") == e.status and all(right(e, s, kept[s]) for s in SIDES)
            whole.append((chance, ok, e is not None, bool(kept["actor"] or kept["recipient"])))
        for event in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
            coded = [w for w in whole if w[0] >= event and w[3]]
            f1 = lambda k: 2 * sum(w[k] for w in coded) / max(1, len(coded) + marked)
            found.append((f1(1) + f1(2) / 2, party, event, f1(1), f1(2)))
    best = max(found)
    print(f"least of a party {best[1]}, of an event {best[2]}: F1 of whole events {best[3]:.3f}, of found {best[4]:.3f} (countries left aside)")
    return {"least": best[1]}, best[2]


def first(story: marks.Story, number: int) -> int:
    """The first telling of an event."""
    same = story.events[number].same
    return number if same is None or same >= number or same not in story.events else first(story, same)


def alike(story: marks.Story, pairs: list[dict]) -> list[tuple[dict, bool]]:
    """Pairs of tellings, each with whether the marks have them as one event."""
    number = lambda word: next((n for n, e in story.events.items() if overlap(span(word), e.trigger)), None)
    out = []
    for pair in pairs:
        a, b = number(pair["first"]), number(pair["second"])
        if a is not None and b is not None and a != b:
            out.append((pair["features"], first(story, a) == first(story, b)))
    return out


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--marked", "--candidates", "--table"):
        args.add_argument(name, required=True)
    args.add_argument("--fold", type=int, default=marks.LAST - 1)
    args = args.parse_args()
    stories = {s.id: s for path in sorted(Path(args.marked).glob("*.txt")) for s in marks.read(path) if s.fold == args.fold}
    table, rows, pairs = Table.read(Path(args.table)), [], []
    for line in open(args.candidates, encoding="utf8"):
        row = json.loads(line)
        if row["id"] in stories:
            rows += aligned(stories[row["id"]], row["candidates"], lambda c: c["features"]["chance"])
            pairs += alike(stories[row["id"]], row["pairs"])
    fit(rows, table)
    table.weights["same"] = binary([f for f, _ in pairs], [y for _, y in pairs]) | {"least": 0.5}
    print(f"{len(rows)} candidates, {len(pairs)} pairs of tellings, {sum(y for _, y in pairs)} of them of one event")
    table.write()


if __name__ == "__main__":
    main()
