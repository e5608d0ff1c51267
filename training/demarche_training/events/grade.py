"""How well a network reads held-back windows: events found, typed, with their status and parties right."""

from collections import Counter

import torch

from .batches import Pieces, batches, tensors
from .labels import Labels
from .windows import Told, Window


def predict(model, windows: list[Window], pieces: Pieces, labels: Labels, size: int = 4096) -> dict[int, list[dict]]:
    """By id() of a window, every word that may tell of an event, with its probabilities."""
    model.eval()
    found: dict[int, list[dict]] = {id(w): [] for w in windows}
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for batch in batches(windows, pieces, size, 0):
            out = {k: v.float() for k, v in model(tensors(batch, labels)).items()}
            for i, (window, _) in enumerate(batch):
                n = len(window.words)
                kinds = out["type"][i, :n].softmax(-1)
                for word in (1 - kinds[:, 0] > 0.05).nonzero()[:, 0].tolist():
                    found[id(window)].append({
                        "word": word, "types": kinds[word], "mode": out["mode"][i, word].softmax(-1), "status": out["status"][i, word].softmax(-1),
                        "historic": out["historic"][i, word, 0].sigmoid().item(), "role": out["role"][i, word, :, :n].sigmoid(),
                        "country": out["country"][i, :n].argmax(-1), "sector": out["sector"][i, :n].argmax(-1)})
    return found


def events(found: list[dict], labels: Labels, least: float, party: float) -> list[dict]:
    """The likeliest reading of each word: its type, status, and the heads of its parties."""
    out = []
    for f in found:
        if 1 - f["types"][0] < least:
            continue
        sides = [(f["role"][r] >= party).nonzero()[:, 0].tolist() for r in (0, 1)]
        out.append({"word": f["word"], "type": labels.types[1 + int(f["types"][1:].argmax())], "status": labels.statuses[int(f["status"].argmax())],
                    "historic": f["historic"] > 0.5, "actors": sides[0], "recipients": sides[1], "country": f["country"], "sector": f["sector"]})
    return out


def right(side: list[int], gold) -> bool:
    """Every party marked is named, and nobody else."""
    return all(any(h in a.words for h in side) for a in gold) and all(any(h in a.words for a in gold) for h in side)


def count(windows: list[Window], found: dict[int, list[dict]], labels: Labels, least: float = 0.5, party: float = 0.5) -> Counter:
    n = Counter()
    for w in windows:
        said = {e["word"]: e for e in events(found[id(w)], labels, least, party)}
        n["coded"] += len(said)
        n["marked"] += len(w.events)
        for e in w.events:
            s = said.get(e.word)
            if s is None:
                continue
            n["found"] += 1
            parts = {"typed": s["type"] == e.type, "status": s["status"] == e.status, "historic": s["historic"] == e.historic,
                     "actors": right(s["actors"], e.actors), "recipients": right(s["recipients"], e.recipients)}
            n.update(k for k, v in parts.items() if v)
            for a in e.actors + e.recipients:
                for key, names in (("country", labels.countries), ("sector", labels.sectors)):
                    n[key + " of"] += 1
                    n[key] += names[int(s[key][a.head])] == getattr(a, key)
            n["whole"] += parts["typed"] and parts["status"] and parts["actors"] and parts["recipients"]
    return n


def tell(n: Counter) -> str:
    f1 = lambda k: 2 * n[k] / max(1, n["coded"] + n["marked"])
    share = lambda k: n[k] / max(1, n["found"])
    of = lambda k: f"  {k} {n[k] / max(1, n[k + ' of']):.3f}"
    parts = "  ".join(f"{k} {share(k):.3f}" for k in ("status", "historic", "actors", "recipients"))
    return f"marked {n['marked']} coded {n['coded']} F1 found {f1('found'):.3f} typed {f1('typed'):.3f} whole {f1('whole'):.3f}; of found: {parts}{of('country')}{of('sector')}"
