"""Puts heads that read events onto the small network, whose other weights stay as they are.

usage: python -m demarche_training.events.small --reader FILE --vocabulary FILE --data FILE --out DIR [--epochs N]

The small network reads every sentence alone. Its words' vectors are computed once with the network as it runs, in eight bits, and only the heads
learn. FILE of --reader is a `reader.onnx` over the vocabulary of --vocabulary. What is written uses the program's vocabulary, and keeps the rows of
its pieces in four bits (`pack.py`) in a file of their own.
"""

import argparse
import pickle
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch.nn import functional as F

from ..export import Graph
from ..quant import Linear, set_mode
from . import losses, marks, pack
from .batches import VOCABULARY, Pieces, batches, tensors
from .labels import Labels
from .learn import WEIGHTS
from .network import ROLE, ROLES, EventNetwork
from .windows import Argument, Window

HIDDEN = 768


class Features(torch.nn.Module):
    """The small network's vectors, and one layer of their own on top."""

    def __init__(self, width: int):
        super().__init__()
        self.hidden, self.width = Linear(width, HIDDEN), HIDDEN

    def forward(self, vectors: torch.Tensor) -> torch.Tensor:
        return F.relu(self.hidden(vectors))


class SmallNetwork(EventNetwork):
    def words(self, batch: dict) -> torch.Tensor:
        return self.encoder(batch["vectors"].float())


def sentences(window: Window) -> list[Window]:
    """The sentences of a window, each with the events that it tells of and the parties that it names."""
    out, ends = [], [*window.starts[1:], len(window.words)]
    for first, end in zip(window.starts, ends):
        inside = lambda a: Argument([w - first for w in a.words if first <= w < end], a.head - first, a.country, a.sector)
        side = lambda of: [inside(a) for a in of if first <= a.head < end]
        told = [replace(e, word=e.word - first, actors=side(e.actors), recipients=side(e.recipients)) for e in window.events if first <= e.word < end]
        out.append(replace(window, words=window.words[first:end], spans=window.spans[first:end], starts=[0], heads=[], events=told))
    return out


def vectors(session: onnxruntime.InferenceSession, batch: dict) -> torch.Tensor:
    """The vectors of the words of a batch; the network's first is the root's."""
    b, length = batch["pieces"].shape
    first = torch.cat([torch.zeros(b, 1, dtype=torch.long), batch["first"]], 1) + torch.arange(b)[:, None] * length
    whole = lambda x: x.numpy().astype(np.int32)
    bias = np.where(batch["mask"].numpy(), 0.0, -1e4).astype(np.float32)[:, None, None, :]
    given = {"pieces": whole(batch["pieces"]), "case": whole(batch["case"]), "positions": np.arange(length, dtype=np.int32), "bias": bias, "first": whole(first)}
    return torch.from_numpy(session.run(["words"], given)[0][:, 1:]).half()


def rows(session, windows: list[Window], pieces: Pieces, labels: Labels) -> list[dict]:
    made = []
    for batch in batches([s for w in windows for s in sentences(w)], pieces, 2048, 0):
        row = tensors(batch, labels)
        made.append(row | {"vectors": vectors(session, row)})
    return made


def loss(model: SmallNetwork, batch: dict) -> torch.Tensor:
    parts = losses.told(model(batch), batch)
    return sum(WEIGHTS[k] * v for k, v in parts.items())


def measure(model: SmallNetwork, held: list[dict]) -> float:
    model.eval()
    with torch.inference_mode():
        return sum(loss(model, b).item() * len(b["pieces"]) for b in held) / sum(len(b["pieces"]) for b in held)


def train(model: SmallNetwork, learnt: list[dict], held: list[dict], epochs: int) -> None:
    """The last third of the epochs runs as if in eight bits."""
    steps, step = epochs * len(learnt), 0
    optimizer = torch.optim.AdamW(model.parameters(), lr=1.5e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda i: min((i + 1) / 200, max(0.02, 1 - i / steps)))
    for epoch in range(epochs):
        if epoch == epochs * 2 // 3:
            set_mode(model, "observe")
            measure(model, learnt[:100])
            set_mode(model, "fake")
        model.train()
        for batch in random.Random(epoch).sample(learnt, len(learnt)):
            optimizer.zero_grad(set_to_none=True)
            loss(model, batch).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
        print(f"epoch {epoch + 1} of {epochs}: loss of held-back sentences {measure(model, held):.3f}", flush=True)


class Edited(Graph):
    """A graph that goes on from a made one."""

    def __init__(self, made: onnx.ModelProto):
        super().__init__(True)
        self.made, self.nodes, self.constants = made, list(made.graph.node), list(made.graph.initializer)

    def value(self, name: str) -> np.ndarray:
        return numpy_helper.to_array(next(c for c in self.constants if c.name == name))

    def put(self, name: str, value: np.ndarray) -> None:
        at = next(i for i, c in enumerate(self.constants) if c.name == name)
        self.constants[at] = numpy_helper.from_array(np.ascontiguousarray(value), name)

    def maker(self, name: str):
        return next(n for n in self.nodes if name in n.output)

    def cut(self, last: str, columns: int) -> None:
        """Of the product whose bias is added by the node that makes `last`, keeps the first columns."""
        add = self.maker(last)
        scaled = self.maker(add.input[0])
        product = self.maker(self.maker(scaled.input[0]).input[0])
        for name in (add.input[1], scaled.input[1], product.input[1], product.input[3]):
            self.put(name, self.value(name)[..., :columns])

    def drop(self, name: str) -> None:
        self.nodes.remove(self.maker(name))

    def finish(self, outputs: list) -> onnx.ModelProto:
        """The graph with what leads to its outputs."""
        needed, kept = {o.name for o in outputs}, []
        for node in reversed(self.nodes):
            if needed & set(node.output):
                kept.append(node)
                needed |= set(node.input)
        constants = [c for c in self.constants if c.name in needed]
        made = helper.make_graph(kept[::-1], "reader", list(self.made.graph.input), outputs, constants)
        return helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def embedding(g: Edited, full: list[str], kept: list[str]) -> bytes:
    """Keeps the rows of the program's pieces, in four bits."""
    by_piece = [n for n in g.nodes if n.op_type == "Gather" and n.input[1] == "pieces"]
    table, scales = (n.input[0] for n in by_piece)
    place = {piece: i for i, piece in enumerate(full)}
    weight = torch.from_numpy((g.value(table) * g.value(scales))[[place[p] for p in kept]].astype(np.float32))
    scale = pack.scale(weight)
    g.put(scales, scale.numpy())
    count = weight.numel()
    tensor = TensorProto(name=table, data_type=TensorProto.INT8, dims=list(weight.shape), data_location=TensorProto.EXTERNAL)
    for key, value in (("location", "weights.data"), ("offset", 0), ("length", count)):
        tensor.external_data.add(key=key, value=str(value))
    g.constants[[c.name for c in g.constants].index(table)] = tensor
    return pack.packed(weight / scale)


def heads(g: Edited, model: SmallNetwork, tags: int) -> None:
    """`tags` are the scores that stay before those of events."""
    old = g.maker("tags").input[0]
    g.cut(old, tags)
    for name in ("tags", "role"):
        g.drop(name)
    split = next(n for n in g.nodes if n.op_type == "Split")
    sizes = g.value(split.input[1])[:6]
    g.cut(g.maker(split.input[0]).input[0], int(sizes.sum()))
    g.put(split.input[1], sizes)
    del split.output[6:]
    rest = g.op("Slice", "words", g.constant([1], np.int64), g.constant([2**31 - 1], np.int64), g.constant([1], np.int64))
    hidden = g.op("Relu", g.linear(rest, model.encoder.hidden))
    g.op("Concat", old, g.linear(hidden, model.tags), name="tags", axis=-1)
    trigger, party = g.op("Split", g.op("Relu", g.linear(hidden, model.project)), g.constant([ROLE, ROLE], np.int64), outputs=2, axis=-1)
    mixed = g.op("Reshape", g.linear(trigger, model.role), g.constant((0, -1, ROLE + 1), np.int64))
    one = g.op("Pad", party, g.constant([0, 0, 0, 0, 0, 1], np.int64), g.constant(np.array(1.0)))
    g.op("MatMul", mixed, g.op("Transpose", one, perm=[0, 2, 1]), name="role")


def write(model: SmallNetwork, args, tags: int, pieces: tuple[list[str], list[str]]) -> None:
    g = Edited(onnx.load(args.reader))
    stream = embedding(g, *pieces)
    heads(g, model, tags)
    value = lambda name, shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    shapes = {o.name: o for o in g.made.graph.output}
    outputs = [value("tags", ["b", "w", tags + sum(model.sizes.values())]), value("role", ["b", f"w{len(ROLES)}", "w"])]
    made = g.finish(outputs + [shapes[n] for n in ("arc", "span", "dependent", "governor")])
    out = Path(args.out)
    (out / "reader.onnx").write_bytes(made.SerializeToString())
    (out / "reader.bin").write_bytes(stream)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--reader", "--vocabulary", "--data", "--out"):
        args.add_argument(name, required=True)
    args.add_argument("--tags", type=int, required=True, help="scores of words that are not of events")
    args.add_argument("--epochs", type=int, default=15)
    args.add_argument("--dev", type=int, default=3)
    args = args.parse_args()
    torch.manual_seed(1)
    labels = Labels.shipped()
    windows = [w for w in pickle.load(open(args.data, "rb")) if w.events is not None]
    session = onnxruntime.InferenceSession(args.reader)
    of = lambda keep: rows(session, [w for w in windows if keep(w)], Pieces(Path(args.vocabulary)), labels)
    learnt = of(lambda w: w.fold not in (args.dev, marks.LAST))
    held = of(lambda w: w.corpus == "marked" and w.fold == args.dev)
    model = SmallNetwork(Features(learnt[0]["vectors"].shape[-1]), labels)
    train(model, learnt, held, args.epochs)
    lines = lambda path: Path(path).read_text(encoding="utf8").splitlines()
    write(model.eval(), args, args.tags, (lines(args.vocabulary), lines(VOCABULARY)))


if __name__ == "__main__":
    main()
