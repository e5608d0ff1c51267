"""Fits the decisions of `event/decisions.tsv` on marked stories that the network has not learnt.

usage: python -m demarche_training.events.fit --marked DIR --candidates FILE --table TSV [--pairs FILE] [--cases TSV --case-candidates FILE] [--judged FILE] [--fold 3]

FILE is what `demarche annotate --layers candidates --from jsonl` writes of the stories. Without --judged it is decided what is coded; with what
`demarche evaluate --format events` says of the events that were coded so, how sure they are. --pairs: the same
of stories that the network has learnt; whether two tellings are one is fitted on these as well, since it hangs little on how well the network reads.
The cases are sentences with the status of one word in brackets (`crates/demarche/tests/status/cases.tsv`): marked stories tell of little that is not so.
Of each status every other one, the odd ones, takes part. Weights are those of logistic models: whether a word tells of
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


def spread(x: torch.Tensor) -> torch.Tensor:
    """The standard deviation of each feature; 1 for one that is always the same."""
    s = x.std(0)
    return torch.where(s > 1e-6, s, 1.0)


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
    scale = spread(x)
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
    scale = spread(x[there])
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


def claims(weights: dict, candidate: dict) -> list[tuple[float, str, dict]]:
    """The phrases that may be parties, the likeliest first, each on the side where it is likelier."""
    out = []
    for claim in candidate["parties"]:
        chances = [probability(weights[side], claim[side]) for side in SIDES]
        side = int(chances[1] > chances[0])
        out.append((chances[side], SIDES[side], claim))
    return sorted(out, key=lambda c: -c[0])


def settled(claims: list[tuple[float, str, dict]], least: dict[str, tuple[float, float]]) -> dict[str, list[dict]]:
    """The phrases that stand, by side, as the program settles them; `least` has for each side what the first needs and what others need."""
    kept: dict[str, list[dict]] = {side: [] for side in SIDES}
    for chance, side, claim in claims:
        apart = not any(overlap(span(claim), span(k)) for of in kept.values() for k in of)
        if apart and chance >= least[side][bool(kept[side])]:
            kept[side].append(claim)
    return kept


def right(event: marks.Event, side: str, kept: list[dict]) -> bool:
    parties = getattr(event, side + "s")
    return all(any(overlap(p.span, span(c)) for c in kept) for p in parties) and all(any(overlap(p.span, span(c)) for p in parties) for c in kept)


def cases(path: Path) -> dict[str, tuple[str, str, Span]]:
    """Of each status every other sentence: by its number, its text, its status, and the word that has it."""
    out, count = {}, defaultdict(int)
    lines = [line for line in path.read_text(encoding="utf8").splitlines() if line and not line.startswith("#")][1:]
    for number, line in enumerate(lines):
        status, sentence = line.split("\t")[:2]
        count[status] += 1
        start, end = sentence.index("["), sentence.index("]")
        if count[status] % 2:
            out[str(number)] = sentence.replace("[", "").replace("]", ""), status, (start, end - 1)
    return out


def answered(candidates, of: dict[str, tuple[str, str, Span]]) -> list[tuple[list[dict], int]]:
    """The statuses that the words of some cases may have, and which of them is right."""
    out = []
    for row in candidates:
        _, status, word = of.get(row["id"], ("", "", (0, 0)))
        for c in row["candidates"]:
            if overlap(span(c["trigger"]), word):
                out.append(([a["features"] for a in c["statuses"]], next(i for i, a in enumerate(c["statuses"]) if a["what"] == status)))
    return out


def fit(rows: list[tuple[dict, marks.Event | None]], table: Table, statuses: list[tuple[list[dict], int]]) -> None:
    told = [(c, e) for c, e in rows if e is not None]
    best = lambda answers, what: next((i for i, a in enumerate(answers) if a["what"] == what), None)
    for decision, key, of in (("type", "types", "type"), ("status", "statuses", "status")):
        groups = [([a["features"] for a in c[key]], best(c[key], getattr(e, of))) for c, e in told]
        groups += statuses if decision == "status" else []
        table.weights[decision] = choice([(answers, i) for answers, i in groups if i is not None])
    for side in SIDES:
        asked = [(claim[side], claimed(e, side, claim)) for c, e in told for claim in c["parties"]]
        table.weights[side] = binary([f for f, _ in asked], [y for _, y in asked])
    groups = [([a["features"] for a in claim["countries"]], best(claim["countries"], country)) for claim, country in located(told)]
    table.weights["country"] = choice([(answers, i) for answers, i in groups if i is not None])
    features = [c["features"] for c, _ in rows]
    table.weights["event"] = binary(features, [e is not None for _, e in rows])
    told_claims = [(claims(table.weights, c), e) for c, e in told]
    parties = {side: (0.5, 0.5) for side in SIDES}
    for side in SIDES:
        parties[side] = least_of_side(told_claims, parties, side)
        table.weights[side] |= dict(zip(("least", "least of others"), parties[side]))
    table.weights["event"]["least"] = least(rows, table.weights, parties)


STEPS = [i / 20 for i in range(4, 15)]


def least_of_side(told, parties: dict, side: str) -> tuple[float, float]:
    """What a phrase must have to be the first, and what to be another, of a side: as most sides come out right."""
    count = lambda pair: sum(right(e, side, settled(c, parties | {side: pair})[side]) for c, e in told)
    best = max(((first, others) for first in STEPS for others in STEPS if others >= first), key=count)
    print(f"{side}: {count(best)} of {len(told)} right with {best[0]} for the first and {best[1]} for others")
    return best


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


def least(rows, weights, parties: dict) -> float:
    """The least probability of an event that gives the best F1 of whole events and, with half the weight, of found ones."""
    top = lambda c, key, decision: max(c[key], key=lambda a: score(weights[decision], a["features"]))["what"]
    marked = sum(e is not None for _, e in rows)
    judged = []
    for c, e in rows:
        kept = settled(claims(weights, c), parties)
        ok = e is not None and top(c, "types", "type") == e.type and top(c, "statuses", "status") == e.status and all(right(e, s, kept[s]) for s in SIDES)
        if kept["actor"] or kept["recipient"]:
            judged.append((probability(weights["event"], c["features"]), ok, e is not None))
    found = []
    for event in STEPS:
        coded = [w for w in judged if w[0] >= event]
        f1 = lambda k: 2 * sum(w[k] for w in coded) / max(1, len(coded) + marked)
        found.append((f1(1) + f1(2) / 2, event, f1(1), f1(2)))
    best = max(found)
    print(f"least of an event {best[1]}: F1 of whole events {best[2]:.3f}, of found {best[3]:.3f} (countries left aside)")
    return best[1]


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


DECISIONS = {"actors right": "actors", "recipients right": "recipients", "time right": "when", "place right": "place", "whole": "whole"}


def sure(rows: list[tuple[dict, dict]], table: Table) -> None:
    """How likely coded events are right: `rows` are events as weighed, each with what of it is right. A part is asked of events that are ones."""
    for decision, key in DECISIONS.items():
        asked = [(weighed["right"][decision], bool(judged.get(key))) for weighed, judged in rows if decision == "whole" or judged.get(key) is not None]
        table.weights[decision] = binary([f for f, _ in asked], [y for _, y in asked], 3.0)
        chances = sorted(((probability(table.weights[decision], f), y) for f, y in asked), reverse=True)
        print(f"{decision}: {sum(y for _, y in asked)} of {len(asked)} right;", "; ".join(tell(chances, i) for i in (0.8, 0.6, 0.4)))


def tell(chances: list[tuple[float, bool]], least: float) -> str:
    kept = [right for chance, right in chances if chance >= least]
    return f"{len(kept)} at {least} and more, {sum(kept) / max(1, len(kept)):.2f} of them right"


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--marked", "--candidates", "--table"):
        args.add_argument(name, required=True)
    args.add_argument("--judged")
    for name in ("--pairs", "--cases", "--case-candidates"):
        args.add_argument(name)
    args.add_argument("--fold", type=int, default=marks.LAST - 1)
    args = args.parse_args()
    every = {s.id: s for path in sorted(Path(args.marked).glob("*.txt")) for s in marks.read(path) if s.fold != marks.LAST}
    stories = {id: s for id, s in every.items() if s.fold == args.fold}
    table, rows, pairs, weighed = Table.read(Path(args.table)), [], [], {}
    for line in open(args.candidates, encoding="utf8"):
        row = json.loads(line)
        if row["id"] in stories:
            rows += aligned(stories[row["id"]], row["candidates"], lambda c: c["features"]["chance"])
            pairs += alike(stories[row["id"]], row["pairs"])
            weighed |= {(row["id"], event["event"]): event for event in row["events"]}
    for line in open(args.pairs, encoding="utf8") if args.pairs else ():
        row = json.loads(line)
        pairs += alike(every[row["id"]], row["pairs"]) if row["id"] in every else []
    if args.judged:
        judged = [json.loads(line) for line in open(args.judged, encoding="utf8")]
        sure([(weighed[j["story"], j["event"]], j) for j in judged], table)
        table.write()
        return
    of = cases(Path(args.cases)) if args.cases else {}
    statuses = answered(map(json.loads, open(args.case_candidates, encoding="utf8")), of) if args.cases else []
    fit(rows, table, statuses)
    table.weights["same"] = binary([f for f, _ in pairs], [y for _, y in pairs]) | {"least": 0.5}
    print(f"{len(rows)} candidates, {len(pairs)} pairs of tellings, {sum(y for _, y in pairs)} of them of one event")
    table.write()


if __name__ == "__main__":
    main()
