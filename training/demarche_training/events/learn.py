"""Trains the network that reads events.

usage: python -m demarche_training.events.learn --data FILE --encoder MPNET --out FILE [--layers 0,2,4,6,8,11] [--epochs N]
"""

import argparse
import json
import pickle
import random
import time
from pathlib import Path

import torch
from safetensors.torch import load_file

from . import grade, losses, marks
from ..quant import Linear, set_mode
from . import pack
from .batches import VOCABULARY, Pieces, batches, tensors
from .labels import Labels
from .mpnet import SHIFT, MPNet, rows
from .network import EventNetwork

AGAIN = 4  # after how many steps weights in four bits are rounded again
WEIGHTS = {"type": 1.0, "mode": 0.5, "status": 0.7, "historic": 0.3, "role": 1.0, "extent": 0.3, "sector": 0.3, "country": 0.5, "pair": 1.0}


def groups(model: EventNetwork, body: float, heads: float, decay: float) -> list[dict]:
    """Parameters with their learning rates: the deeper a layer, the less it moves."""
    layers = model.encoder.layers
    out = []
    for name, p in model.named_parameters():
        rate = heads
        if name.startswith("encoder.") and ".case." not in name:
            depth = int(name.split(".")[2]) + 1 if name.startswith("encoder.layers.") else 0
            rate = body * decay ** (len(layers) - depth)
        out.append({"params": [p], "lr": rate, "weight_decay": 0.01 if p.dim() > 1 else 0.0})
    return out


def train(model: EventNetwork, rows, args, after) -> None:
    """`rows` gives the batches of an epoch. From the share `--quantise` of the steps on, the network learns as it will be read."""
    made = rows(0)
    steps = int(args.epochs * len(made))
    optimizer = torch.optim.AdamW(groups(model, args.body, args.heads, args.decay), betas=(0.9, 0.98), fused=True)
    rate = lambda i: min((i + 1) / (0.06 * steps + 1), max(0.02, 1 - i / steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    start, total, at = time.time(), {}, 0
    model.train()
    for step in range(steps):
        if at == len(made):
            made, at = rows(step // len(made)), 0
        if args.quantise is not None and step == int(args.quantise * steps):
            quantise(model, made[:20])
            model.train()
        if step % AGAIN == 0:
            for module in model.modules():
                if isinstance(getattr(module, "rounded", None), Rounded):
                    module.rounded.clear()
        batch, at = made[at], at + 1
        with torch.autocast("cpu", torch.bfloat16):
            out = model(batch)
        parts = (losses.pair if "pair" in out else losses.told)(out, batch)
        optimizer.zero_grad(set_to_none=True)
        sum(WEIGHTS[k] * v for k, v in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        for k, v in parts.items():
            total.setdefault(k, []).append(v.item())
        if (step + 1) % 50 == 0 or step + 1 == steps:
            told = " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in total.items())
            print(f"{time.time() - start:6.0f}s step {step + 1} of {steps} {told}", flush=True)
            total = {}
        if (step + 1) % args.save == 0 or step + 1 == steps:
            after(f"{time.time() - start:6.0f}s step {step + 1}")


def build(encoder: str, layers: list[int], labels: Labels) -> EventNetwork:
    """A network on MPNet's weights; `encoder` is its folder, with BERT's vocabulary behind four marks of its own."""
    lines = lambda path: Path(path).read_text(encoding="utf8").splitlines()
    vocabulary, full = lines(VOCABULARY), lines(encoder + "/vocab.txt")[SHIFT:]
    body = MPNet(layers, len(vocabulary))
    body.load(load_file(encoder + "/model.safetensors"), rows(vocabulary, full))
    return EventNetwork(body, labels)


def kept(state: dict[str, torch.Tensor], layers: list[int]) -> dict[str, torch.Tensor]:
    """A state with these of its layers alone, numbered anew; one that has as many as that stays."""
    name = lambda key: key.split(".")
    of = {int(name(key)[2]) for key in state if key.startswith("encoder.layers.")}
    if len(of) == len(layers):
        return state
    out = {}
    for key, value in state.items():
        if not key.startswith("encoder.layers."):
            out[key] = value
        elif int(name(key)[2]) in layers:
            out[".".join(["encoder.layers", str(layers.index(int(name(key)[2]))), *name(key)[3:]])] = value
    return out


class Rows(torch.nn.Module):
    """Rows of an embedding in four bits."""

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return pack.rows(rows)


class Rounded:
    """The weights of a product in four bits, kept for some steps: rounding takes as long as a third of a step, and the weights move little."""

    def __init__(self):
        self.kept = None

    def clear(self) -> None:
        self.kept = None

    def __call__(self, weight: torch.Tensor) -> torch.Tensor:
        if self.kept is None:
            self.kept = pack.product(weight).detach()
        return weight + (self.kept - weight).detach()


def quantise(model: EventNetwork, rows: list) -> None:
    """From now on the network reads as if its weights had four bits and its products ran in eight, by ranges that are observed first."""
    for module in model.modules():
        if isinstance(module, Linear):
            module.rounded = Rounded()
    model.encoder.rows = Rows()
    set_mode(model, "observe")
    model.eval()
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for batch in rows:
            model(batch)
    set_mode(model, "fake")


def arguments() -> argparse.Namespace:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--data", "--encoder", "--out"):
        args.add_argument(name, required=True)
    args.add_argument("--layers", default="0,1,2,3,4,5,6,7,8,9,10,11")
    args.add_argument("--epochs", type=float, default=4)
    args.add_argument("--pieces", type=int, default=1536)
    args.add_argument("--body", type=float, default=5e-5)
    args.add_argument("--heads", type=float, default=5e-4)
    args.add_argument("--decay", type=float, default=0.95)
    args.add_argument("--dev", type=int, default=3)
    args.add_argument("--share", type=float, default=1.0, help="use this share of the marked stories")
    args.add_argument("--corpora", default="marked,own,plv,aw,more")
    args.add_argument("--start", help="a state to go on from")
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--quantise", type=float, help="from this share of the steps on, learn as if in four bits")
    args.add_argument("--save", type=int, default=200, help="save and measure after so many steps")
    return args.parse_args()


def main() -> None:
    args = arguments()
    torch.manual_seed(args.seed)
    labels = Labels.shipped()
    pieces = Pieces()
    windows = pickle.load(open(args.data, "rb"))
    dev = [w for w in windows if w.corpus == "marked" and w.fold == args.dev]
    learnt = [w for w in windows if w.corpus in args.corpora.split(",") and w.fold not in (args.dev, marks.LAST)]
    if args.share < 1:
        stories = sorted({w.story for w in learnt if w.corpus in ("marked", "more")}, key=lambda s: random.Random(s).random())
        kept = set(stories[: int(len(stories) * args.share)])
        learnt = [w for w in learnt if w.corpus not in ("marked", "more") or w.story in kept]
    model = build(args.encoder, [int(i) for i in args.layers.split(",")], labels)
    if args.start:
        model.load_state_dict(kept(torch.load(args.start), model.encoder.kept), strict=False)
    parts = [[w for w in learnt if getattr(w, key) is not None] for key in ("events", "source", "named")]

    def epoch_rows(epoch: int) -> list:
        made = [b for part in parts for b in batches(part, pieces, args.pieces, epoch)]
        random.Random(epoch).shuffle(made)
        return [tensors(b, labels) for b in made]

    def after(what: str) -> None:
        torch.save(model.state_dict(), args.out)
        model.eval()
        found = grade.predict(model, dev, pieces, labels)
        for kind, of in (("briefs", [w for w in dev if w.story.startswith("wpce")]), ("stories", [w for w in dev if not w.story.startswith("wpce")])):
            print(what, kind, grade.tell(grade.count(of, found, labels, 0.45, 0.45)), flush=True)
        model.train()

    print([len(part) for part in parts], "windows, pairs and named,", len(dev), "held back", flush=True)
    train(model, epoch_rows, args, after)


if __name__ == "__main__":
    main()
