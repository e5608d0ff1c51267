"""Trains teachers and the reader.

usage: python -m demarche_training.train teacher --prepared DIR --encoder MPNET --out FILE [--seed N]
       python -m demarche_training.train label --prepared DIR --encoder MPNET --teacher FILE... --out FILE
       python -m demarche_training.train student --prepared DIR --encoder MINILM [--taught FILE] --out FILE [--inner N]

The reader (MiniLM) learns from gold, first in float, then as if it ran in eight bits. Where a GPU allows it, it learns from
teachers too: MPNet-base, trained on the treebanks and their mentions, labels the sentences of every corpus for it.
"""

import argparse
import json
import time

import torch

from . import losses, scores
from .batches import batches, load, tensors
from .model import MiniLM, Reader, Teacher
from .quant import set_mode

TEXT, PAIRS, LATENT = ("ewt", "gum", "polnear"), ("plv", "aw", "cameo", "own pairs"), ("plv", "cameo")
WEIGHTS = {"upos": 0.5, "xpos": 0.5, "feats": 0.3, "arc": 1.0, "rel": 1.0, "span": 1.0, "attribution": 0.3, "relation": 1.0,
           "event": 1.0, "mode": 0.5, "role": 3.0, "latent": 0.2}


class Trainer:
    def __init__(self, args):
        torch.manual_seed(args.seed)
        torch.set_float32_matmul_precision("high")
        self.args = args
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.labels = json.load(open(args.prepared + "/labels.json"))
        data = load(args.prepared + "/prepared.pkl.gz")
        if args.limit:
            data = {k: v[:: max(1, len(v) // args.limit)] for k, v in data.items()}
        self.train, self.dev, self.held = data["train"], data["dev"], []
        written = [s for s in self.train if s["corpus"] == "ngec"]
        self.train = [s for s in self.train if s["corpus"] != "ngec"] + written[:: max(1, len(written) // args.ngec)]
        quoting = [s for s in self.train if s["corpus"] == "polnear"]
        self.train = [s for s in self.train if s["corpus"] != "polnear"] + quoting[:: max(1, len(quoting) // args.polnear)]
        if args.hold is not None:
            self.hold_out(args.hold)
        self.start = time.time()

    def hold_out(self, fold):
        """Keeps a fifth of the sentences of plv, of aw and of the project's own out of the training, wherever they occur."""
        key = lambda s: tuple(s["pieces"][:12])
        kept = set()
        for corpus in ("plv", "aw", "own"):
            sentences = {tuple(s["pieces"]): key(s) for s in self.train if s["corpus"] == corpus}
            kept |= set(list(sentences.values())[fold::5])
        self.held = {c: [s for s in self.train if s["corpus"] == c and key(s) in kept] for c in ("plv", "aw")}
        self.train = [s for s in self.train if key(s) not in kept]

    @torch.no_grad()
    def parse(self, state):
        """Tags and trees for the sentences with events, as a reader says that has learnt none: so that words keep theirs."""
        model = Reader(MiniLM(), self.labels).to(self.device)
        model.widen(torch.load(state, map_location=self.device))
        model.eval()
        for batch in batches([s for s in self.train if s["corpus"] in ("own",) + LATENT], 4000, 0):
            b = tensors(batch, self.device)
            out = model(b)
            heads = losses.mask_arcs(out["arc"], b["words"]).argmax(-1)
            said = {k: out[k].argmax(-1) for k in losses.TAGS} | {"head": heads, "deprel": out["rel"](heads).argmax(-1)}
            for i, s in enumerate(batch):
                s |= {k: v[i, : len(s["first"])].cpu().numpy() for k, v in said.items()}

    def say(self, *what):
        print(f"{time.time() - self.start:6.0f}s", *what, flush=True)

    def groups(self, pieces, share=1):
        """Batches, on the device: running text (one sentence in `share`), events, and pairs, of which a second pass marks the
        source and the target."""
        pick = lambda corpora, every=1: [s for s in self.train if s["corpus"] in corpora][::every]
        made = lambda rows, marked=False: [tensors(b, self.device, marked) for b in batches(rows, pieces, self.args.seed)]
        text = made([{k: v for k, v in s.items() if k != "relation"} for s in pick(TEXT, share)])
        if not self.args.events:
            return text
        latent = made(pick(LATENT))
        able = torch.tensor([self.labels["upos"].index(tag) for tag in ("VERB", "NOUN", "ADJ")], device=self.device)
        for row in latent:
            row["able"] = able
        return text + made(pick(("own",))) + latent + made(pick(PAIRS), True)

    def scores(self, model):
        by = {c: [s for s in self.dev if s["corpus"] == c] for c in ("ewt", "gum", "polnear")}
        by["polnear"] = by["polnear"][::6]
        return {c: scores.evaluate(model, rows, self.labels, self.device) for c, rows in by.items()}

    def report(self, model, what):
        s = self.scores(model)
        e, g = s["ewt"], s["gum"]
        self.say(what, f"EWT upos {e['upos']} xpos {e['xpos']} feats {e['feats']} uas {e['uas']} las {e['las']} |",
                 f"GUM upos {g['upos']} uas {g['uas']} las {g['las']} mention {g['mention']} | content {s['polnear']['content']}")
        if self.held:
            self.say("held back:", scores.relations(model, self.held, self.labels["relation"], self.device))
        return s

    def optimizer(self, model, body, heads):
        groups = [{"params": [p for n, p in model.named_parameters() if n.startswith("encoder.") and ".case." not in n], "lr": body},
                  {"params": [p for n, p in model.named_parameters() if not n.startswith("encoder.") or ".case." in n], "lr": heads}]
        return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)

    def loop(self, model, rows, epochs, body, heads, loss, every=1, what="epoch", warmup=0.05):
        """`rows` are batches; `loss(model output, row)` gives a dict of losses."""
        optimizer = self.optimizer(model, body, heads)
        steps = epochs * len(rows)
        rate = lambda i: min((i + 1) / (warmup * steps + 1), 1 - 0.97 * i / steps)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
        for epoch in range(epochs):
            model.train()
            total = 0.0
            for step, i in enumerate(torch.randperm(len(rows)).tolist()):
                with torch.autocast(self.device, torch.bfloat16):
                    out = model(rows[i])
                value = sum(WEIGHTS[k] * v for k, v in loss(out, rows[i]).items())
                optimizer.zero_grad(set_to_none=True)
                value.backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                total += value.detach()
                if step % 100 == 99:
                    self.say(what, epoch + 1, "step", step + 1, "of", len(rows), f"loss {float(total) / (step + 1):.3f}")
            torch.save(model.state_dict(), self.args.out + ".checkpoint")
            if (epoch + 1) % every == 0 or epoch + 1 == epochs:
                self.report(model, f"{what} {epoch + 1} loss {float(total) / len(rows):.3f}")


def teacher(args):
    t = Trainer(args)
    model = Reader(Teacher(args.encoder, True), t.labels).to(t.device)
    rows = t.groups(args.pieces)
    t.say(len(rows), "batches")
    t.loop(model, rows, args.epochs, args.body, args.heads, losses.gold, what="teacher", warmup=0.1)
    torch.save({k: v.to(torch.bfloat16) for k, v in model.state_dict().items()}, args.out)


@torch.no_grad()
def teach(teachers, row):
    """The teachers' mean distributions over one batch; relations at the gold head, or else at the likeliest."""
    words = row["words"]
    outs = [m(row) for m in teachers]
    mean = lambda f: sum(losses.spread(f(o)) for o in outs) / len(outs)
    made = {k: mean(lambda o, k=k: o[k]) for k in losses.TAGS}
    made["arc"] = mean(lambda o: losses.mask_arcs(o["arc"], words))
    head = torch.where(row["head"] >= 0, row["head"], made["arc"].argmax(-1))
    made["rel"] = mean(lambda o: o["rel"](head))
    made["span"] = mean(lambda o: losses.mask_spans(o["span"], words)[0])
    return {k: v.half() for k, v in made.items()} | {"head": head}


def label(args):
    """Batches of all corpora with the teachers' distributions, to a file."""
    t = Trainer(args)
    teachers = []
    for path in args.teacher:
        model = Reader(Teacher(args.encoder, False), t.labels).to(t.device)
        model.load_state_dict(torch.load(path, map_location=t.device))
        teachers.append(model.eval())
    rows = t.groups(args.pieces)
    for i, row in enumerate(rows):
        with torch.autocast(t.device, torch.bfloat16):
            row["teacher"] = teach(teachers, row)
        if i % 100 == 99:
            t.say("labelled", i + 1, "of", len(rows))
    torch.save(rows, args.out)


def both(out, row):
    """Half gold, where there is any, and half the teacher."""
    taught = losses.taught(out, row, row["teacher"])
    known = losses.gold(out, row)
    return {k: taught.get(k, 0) + known.get(k, 0) for k in set(taught) | set(known)}


def prune(t, model, rows, inner):
    """Keeps the inner units that do most: mean activation times the norm of what they write."""
    layers = model.encoder.layers
    weight = [torch.zeros(l.up.out_features, device=t.device) for l in layers]
    model.eval()
    with torch.no_grad():
        for row in rows[:100]:
            model.words(row)
            for w, l in zip(weight, layers):
                w += l.inner[row["mask"]].float().abs().mean(0)
    for w, l in zip(weight, layers):
        keep = (w * l.down.weight.norm(dim=0)).topk(inner).indices.sort().values
        l.prune(keep)


def student(args):
    t = Trainer(args)
    from safetensors.torch import load_file
    if args.parser:
        t.parse(args.parser)
    encoder = MiniLM(inner=args.inner if args.start else 1536)
    if not args.start:
        encoder.load(load_file(args.encoder + "/model.safetensors"))
    model = Reader(encoder, t.labels, dropout=0.2).to(t.device)
    if args.taught:
        rows, loss = torch.load(args.taught, map_location=t.device), both
    else:
        rows, loss = t.groups(args.pieces, args.share), losses.gold
    t.say(len(rows), "batches")
    if args.start:
        model.widen(torch.load(args.start, map_location=t.device))
    elif args.inner < 1536:
        t.loop(model, rows, 1, args.body, args.heads, loss, what="before pruning")
        prune(t, model, rows, args.inner)
    t.loop(model, rows, args.epochs, args.body, args.heads, loss, what="float")
    torch.save(model.state_dict(), args.out + ".float")
    if not args.fake_epochs:
        return
    set_mode(model, "observe")
    with torch.no_grad():
        model.eval()
        for row in rows[:150]:
            model(row)
    set_mode(model, "fake")
    t.report(model, "eight bits, untrained")
    t.loop(model, rows, args.fake_epochs, args.body / 6, args.heads / 6, loss, what="eight bits")
    torch.save(model.state_dict(), args.out)
    set_mode(model, "off")
    t.report(model, "the same in float")


def arguments():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("what", choices=["teacher", "label", "student"])
    for name in ("--prepared", "--encoder", "--out"):
        args.add_argument(name, required=True)
    args.add_argument("--teacher", nargs="*", default=[])
    args.add_argument("--taught")
    args.add_argument("--start", help="a state to go on from, already pruned to --inner")
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--epochs", type=int, default=6)
    args.add_argument("--fake-epochs", type=int, default=3)
    args.add_argument("--inner", type=int, default=1536)
    args.add_argument("--pieces", type=int, default=4000, help="pieces a batch, padding counted")
    args.add_argument("--body", type=float, default=5e-5, help="learning rate of the encoder")
    args.add_argument("--heads", type=float, default=1e-3, help="learning rate of the heads")
    args.add_argument("--hold", type=int, help="fold of plv and aw, 0 to 4, to keep back and score")
    args.add_argument("--ngec", type=int, default=12000, help="how many of the machine-written sentences to use")
    args.add_argument("--polnear", type=int, default=30000, help="how many of the sentences with attributions to use")
    args.add_argument("--parser", help="a state that tags and parses the sentences with events")
    args.add_argument("--events", action="store_true", help="learn events too")
    args.add_argument("--share", type=int, default=1, help="use one sentence of running text in so many")
    args.add_argument("--limit", type=int, default=0, help="train on about so many sentences, for a trial")
    return args.parse_args()


if __name__ == "__main__":
    parsed = arguments()
    {"teacher": teacher, "label": label, "student": student}[parsed.what](parsed)
