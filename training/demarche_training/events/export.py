"""Writes the network that reads events as ONNX whose weights stand beside it, in four bits.

usage: python -m demarche_training.events.export --state FILE --layers N --out DIR [--bits 8]

Written by hand rather than traced, like the reader's (`demarche_training.export`): every scale is a constant, so that the numbers of a window do
not depend on its batch.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper

from ..export import Graph, attention_mixed
from ..quant import WEIGHT_MAX
from . import pack
from .labels import Labels
from .mpnet import MPNet
from .network import ROLE, ROLES, EventNetwork

PART = 29 << 20  # bytes of a file
POSITIONS = 256


class Beside(Graph):
    """A graph whose matrices stand in a stream of their own."""

    def __init__(self, bits: int):
        super().__init__(True)
        self.bits, self.stream, self.length = bits, bytearray(), 0

    def matrix(self, units: torch.Tensor) -> str:
        """The name of a matrix, given in units of its scales, that is kept as whole numbers."""
        if self.bits == 4:
            self.stream += pack.packed(units)
        else:
            self.stream += torch.round(units).clamp(-WEIGHT_MAX, WEIGHT_MAX).numpy().astype(np.int8).tobytes()
        return self._beside(*units.shape)

    def _beside(self, rows: int, columns: int) -> str:
        tensor = TensorProto(name=f"w{self.length}", data_type=TensorProto.INT8, dims=[rows, columns], data_location=TensorProto.EXTERNAL)
        for key, value in (("location", "weights.data"), ("offset", self.length), ("length", rows * columns)):
            tensor.external_data.add(key=key, value=str(value))
        self.length += rows * columns
        self.constants.append(tensor)
        return tensor.name

    def embedding(self, weight: torch.Tensor, index: str) -> str:
        """Rows of a table, each with a scale of its own."""
        weight = weight.detach().float()
        scale = pack.scale(weight)
        rows = self.op("Cast", self.op("Gather", self.matrix(weight / scale), index), to=TensorProto.FLOAT)
        return self.op("Mul", rows, self.op("Gather", self.constant(scale.numpy()), index))

    def product(self, x: str, ranges, linear, bias: bool = True) -> str:
        weight = linear.weight.detach().float()
        scale = pack.scale(weight)
        zeros = self.constant(np.zeros(len(weight)), np.int8)
        y = self.op("MatMulInteger", x, self.matrix((weight / scale).t()), ranges[1], zeros)
        y = self.op("Mul", self.op("Cast", y, to=TensorProto.FLOAT), self.constant(scale.flatten().numpy() * ranges[0]))
        return self.op("Add", y, self.constant(linear.bias.detach().float().numpy()))


def encoder(g: Graph, model: MPNet) -> str:
    """Pieces as MPNet numbers them (b, s), their case (b, s), positions (s), buckets of distances (s, s) and a mask to add to attention
    (b, 1, 1, s) to vectors (b, s, d)."""
    table = lambda e, index: g.op("Gather", g.constant(e.weight.detach().float().numpy()), index)
    x = g.op("Add", g.embedding(model.word.weight, "pieces"), g.embedding(model.position.weight[:POSITIONS], "positions"))
    x = g.norm(g.op("Add", x, table(model.case, "case")), model.norm)
    near = g.op("Transpose", table(model.near, "distances"), perm=[2, 0, 1])
    bias = g.op("Add", "bias", g.op("Unsqueeze", near, g.constant([0], np.int64)))
    for layer in model.layers:
        mixed = attention_mixed(g, layer, x, model.width, bias)
        x = g.norm(g.op("Add", g.linear(mixed, layer.out), x), layer.norm1)
        inner = g.op("Gelu", g.linear(x, layer.up))
        x = g.norm(g.op("Add", g.linear(inner, layer.down), x), layer.norm2)
    return x


def heads(g: Graph, model: EventNetwork, hidden: str) -> None:
    """The scores read off the words' vectors; `first` holds the flat places of the words' first pieces (b, w)."""
    words = g.op("Gather", g.reshape(hidden, -1, model.encoder.width), "first", name="words")
    g.op("Identity", g.linear(words, model.tags), name="tags")
    trigger, party = g.op("Split", g.op("Relu", g.linear(words, model.project)), g.constant([ROLE, ROLE], np.int64), outputs=2, axis=-1)
    mixed = g.op("Reshape", g.linear(trigger, model.role), g.constant((0, -1, ROLE + 1), np.int64))
    one = g.op("Pad", party, g.constant([0, 0, 0, 0, 0, 1], np.int64), g.constant(np.array(1.0)))
    g.op("MatMul", mixed, g.op("Transpose", one, perm=[0, 2, 1]), name="role")


def pair(g: Graph, model: EventNetwork) -> None:
    """The type of marked pairs; `source`, `target` and `whole` are shares of words that sum to 1 (b, w)."""
    row = lambda name: g.op("Unsqueeze", name, g.constant([1], np.int64))
    pooled = [g.reshape(g.op("MatMul", row(name), "words"), 0, model.encoder.width) for name in ("source", "target", "whole")]
    hidden = g.op("Tanh", g.linear(g.op("Concat", *pooled, axis=-1), model.pair.hidden))
    g.op("Identity", g.linear_plain(hidden, model.pair.out), name="pair")


def graph(model: EventNetwork, bits: int) -> tuple[onnx.ModelProto, bytes]:
    g = Beside(bits)
    heads(g, model, encoder(g, model.encoder))
    pair(g, model)
    whole, real = TensorProto.INT32, TensorProto.FLOAT
    inputs = [("pieces", whole, ["b", "s"]), ("case", whole, ["b", "s"]), ("positions", whole, ["s"]), ("distances", whole, ["s", "s"]),
              ("bias", real, ["b", 1, 1, "s"]), ("first", whole, ["b", "w"])] + [(n, real, ["b", "w"]) for n in ("source", "target", "whole")]
    outputs = [("tags", real, ["b", "w", sum(model.sizes.values())]), ("role", real, ["b", f"w{len(ROLES)}", "w"]),
               ("pair", real, ["b", model.sizes["type"]])]
    value = lambda name, kind, shape: helper.make_tensor_value_info(name, kind, shape)
    made = helper.make_graph(g.nodes, "events", [value(*i) for i in inputs], [value(*o) for o in outputs], g.constants)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 20)], ir_version=9), bytes(g.stream)


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--state", "--out"):
        args.add_argument(name, required=True)
    args.add_argument("--layers", type=int, default=12)
    args.add_argument("--bits", type=int, default=4, choices=(4, 8))
    args = args.parse_args()
    labels = Labels.shipped()
    state = {k: v.float() for k, v in torch.load(args.state).items()}
    model = EventNetwork(MPNet(list(range(args.layers)), len(state["encoder.word.weight"])), labels).eval()
    model.load_state_dict(state, strict=False)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    made, stream = graph(model, args.bits)
    (out / "events.onnx").write_bytes(made.SerializeToString())
    for i in range(0, len(stream), PART):
        (out / f"events.{i // PART}.bin").write_bytes(stream[i : i + PART])
    labels.save(out / "events.json")
    print(len(stream), "bytes of weights")


if __name__ == "__main__":
    main()
