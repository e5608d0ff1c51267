"""Fits how sure events are, on sentences of the project's corpus that a fold's model did not see.

usage: python -m demarche_training.calibrate EXPLAIN FOLD:WEIGHTS... [--out FILE] [--plot SVG]

EXPLAIN is the command `demarche explain --format jsonl --from jsonl --min-confidence 0`; WEIGHTS the exported folder of the model
trained with `--hold FOLD`. An event is right where its type and trigger are the corpus's and it names one of the actors and one of
the recipients that the corpus has. Prints the expected calibration error (ten bins, each fold scored with the weights fitted on the
others), the reliability table, and precision and recall by least confidence; writes the weights of all folds together to FILE, and the
reliability plot to SVG. Sentences without an event are counted apart.
"""

import glob
import json
import shlex
import subprocess
import sys
from pathlib import Path

import numpy as np

from . import corpus

NAMES = ["chance", "share", "rule", "told", "identified", "actors heard", "recipients heard", "known", "noun", "both", "heard"]
ROOT = Path(__file__).parents[1]
LEAST = 0.3


def held(fold, keys):
    """Indices of the sentences that a model trained with `--hold FOLD` did not see."""
    return [i for i in range(len(keys)) if i % 5 == fold]


def pieces(event):
    """The spans of an explanation's parts, in characters of the sentence."""
    at, out = 0, {}
    for piece in event["sentence"]:
        out.setdefault(piece.get("part"), []).append((at, at + len(piece["text"])))
        at += len(piece["text"])
    return out


def overlap(a, b):
    return any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def right(event, gold):
    parts = pieces(event)
    for g in gold:
        if event["type"] != g["type"] or not overlap(parts.get("trigger", []), [g["trigger"]]):
            continue
        named = lambda role, spans: not spans or overlap(parts.get(role, []), spans)
        if named("actor", g["actors"]) and named("recipient", g["recipients"]):
            return True
    return False


def read(command, fold, weights, rows):
    """Features and rightness of the events coded in a fold's sentences, and how many events there are."""
    mine = held(fold, rows)
    stories = "\n".join(json.dumps({"id": str(i), "date": "2018-06-15", "text": rows[i][0]}) for i in mine)
    out = subprocess.run(shlex.split(command) + ["--weights", weights, "-"], input=stories, capture_output=True, text=True).stdout
    events = [json.loads(line) for line in out.splitlines()]
    x = np.array([[1.0] + [e["features"][n] for n in NAMES] for e in events])
    quiet = [i for i in mine if not rows[i][1]]
    false = sum(e["confidence"] >= LEAST for e in events if int(e["story"]) in set(quiet))
    print(f"fold {fold}: {len(quiet)} sentences without an event, {false} events coded in them at least {LEAST} sure")
    y = np.array([right(e, list(rows[int(e["story"])][1].values())) for e in events], float)
    return x, y, sum(len(rows[i][1]) for i in mine)


def fit(x, y, ridge=1.0):
    """Logistic regression by Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        w += np.linalg.solve(hessian, x.T @ (y - p) - ridge * w)
    return w


def plot(path, said, right, count):
    """The share of right events by what was said of them; a dot's area is their number."""
    x, y = lambda v: 40 + 240 * v, lambda v: 260 - 240 * v
    dots = "".join(
        f'<circle cx="{x(s):.1f}" cy="{y(r):.1f}" r="{(n / max(count)) ** 0.5 * 12 + 2:.1f}" fill="#36c" fill-opacity=".7"/>'
        for s, r, n in zip(said, right, count))
    ticks = "".join(
        f'<text x="{x(v):.0f}" y="276">{v:.1f}</text><text x="18" y="{y(v) + 4:.0f}">{v:.1f}</text>' for v in (0, 0.5, 1))
    open(path, "w", encoding="utf8").write(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300" font-family="sans-serif" font-size="11" text-anchor="middle">'
        '<title>Reliability of confidence on held-back sentences</title><rect width="300" height="300" fill="#fff"/>'
        f'<path d="M{x(0)} {y(0)}H{x(1)}M{x(0)} {y(0)}V{y(1)}" stroke="#000" fill="none"/>'
        f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#999" stroke-dasharray="4"/>{dots}{ticks}'
        '<text x="160" y="294">confidence said</text><text transform="translate(10 140)rotate(-90)">share right</text></svg>\n')


def option(args, name):
    """Takes an option and its value out of the arguments."""
    if name not in args:
        return None
    at = args.index(name)
    value = args[at + 1]
    del args[at:at + 2]
    return value


def main():
    args = sys.argv[1:]
    out, svg = option(args, "--out"), option(args, "--plot")
    files = sorted(glob.glob(str(ROOT / "corpus/*.txt")))
    rows = [corpus.parse(line) for _, _, line in corpus.lines(files)]
    folds = [read(args[0], int(f), w, rows) for f, w in (a.split(":", 1) for a in args[1:])]
    scored = []
    for i, (x, y, _) in enumerate(folds):
        others = [f for j, f in enumerate(folds) if j != i] or [folds[i]]
        w = fit(np.vstack([f[0] for f in others]), np.concatenate([f[1] for f in others]))
        scored.append(1 / (1 + np.exp(-x @ w)))
    p, y = np.concatenate(scored), np.concatenate([f[1] for f in folds])
    gold = sum(f[2] for f in folds)
    bins = np.minimum((p * 10).astype(int), 9)
    error = sum(abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in range(10) if (bins == b).any())
    print(f"events {len(y)}  right {int(y.sum())}  in the corpus {gold}  expected calibration error {error:.3f}")
    full = [b for b in range(10) if (bins == b).any()]
    if svg:
        mean = lambda of: [of[bins == b].mean() for b in full]
        plot(svg, mean(p), mean(y), [(bins == b).sum() for b in full])
    for b in range(10):
        if (bins == b).any():
            print(f"{b / 10:.1f}-{b / 10 + 0.1:.1f}  events {(bins == b).sum():5d}  said {p[bins == b].mean():.2f}  right {y[bins == b].mean():.2f}")
    for least in (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept = p >= least
        print(f"least {least:.1f}  precision {y[kept].mean():.3f}  recall {y[kept].sum() / gold:.3f}  events {kept.sum()}")
    w = fit(np.vstack([f[0] for f in folds]), np.concatenate([f[1] for f in folds]))
    for name, value in zip(["bias"] + NAMES, w):
        print(f"{name}\t{value:.3f}")
    if out:
        head = [line for line in open(out, encoding="utf8") if line.startswith(("feature", "#"))]
        least = [line for line in open(out, encoding="utf8") if line.startswith("least")]
        rows = [f"{name}\t{value:.3f}\n" for name, value in zip(["bias"] + NAMES, w)]
        open(out, "w", encoding="utf8").writelines(head + rows + least)


if __name__ == "__main__":
    main()
