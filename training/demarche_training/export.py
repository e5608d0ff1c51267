"""Writes the trained reader as ONNX, in float or in eight bits, node by node.

usage: python -m demarche_training.export --labels FILE --state FILE --out DIR [--float]

Written by hand rather than traced: the graph holds exactly the operators that the runtime (rten) fuses, products that read
the same input share its quantisation, and every scale is a constant, so that a sentence's numbers do not depend on its batch.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from .model import REL, MiniLM, Reader
from .quant import WEIGHT_MAX, weight_scale


class Graph:
    """An ONNX graph under construction; every method returns the name of what it made."""

    def __init__(self, quantised):
        self.nodes, self.constants, self.quantised, self.zero_points = [], [], quantised, {}

    def constant(self, value, dtype=np.float32):
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(value, dtype, order="C"), name))
        return name

    def op(self, kind, *inputs, outputs=1, name=None, **attributes):
        names = [name] if name else [f"n{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def embedding(self, weight, index):
        """Rows of a table; in eight bits each row has a scale of its own."""
        table = weight.detach().float().numpy()
        if not self.quantised:
            return self.op("Gather", self.constant(table), index)
        scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        rows = self.op("Gather", self.constant(np.round(table / scale), np.int8), index)
        return self.op("Mul", self.op("Cast", rows, to=TensorProto.FLOAT), self.op("Gather", self.constant(scale), index))

    def quantise(self, x, act):
        """The input of one or several products, and its scale and zero point."""
        if not self.quantised:
            return x, None
        scale, zero = (float(v) for v in act.scale_zero())
        zero_point = self.constant(np.array(zero), np.uint8)
        return (self.op("QuantizeLinear", x, self.constant(np.array(scale)), zero_point), (scale, zero_point))

    def product(self, x, ranges, linear, bias=True):
        weight = linear.weight.detach().float()
        if self.quantised:
            scale = weight_scale(weight)
            steps = torch.round(weight / scale).clamp(-WEIGHT_MAX, WEIGHT_MAX).T.numpy()
            zeros = self.constant(np.zeros(weight.shape[0]), np.int8)
            y = self.op("MatMulInteger", x, self.constant(steps, np.int8), ranges[1], zeros)
            y = self.op("Cast", y, to=TensorProto.FLOAT)
            y = self.op("Mul", y, self.constant(scale.flatten().numpy() * ranges[0]))
        else:
            y = self.op("MatMul", x, self.constant(weight.T.numpy()))
        return self.op("Add", y, self.constant(linear.bias.detach().float().numpy())) if bias else y

    def linear(self, x, linear):
        return self.product(*self.quantise(x, linear.act), linear)

    def linear_plain(self, x, linear):
        """A small product, never quantised."""
        y = self.op("MatMul", x, self.constant(linear.weight.detach().float().T.numpy()))
        return self.op("Add", y, self.constant(linear.bias.detach().float().numpy()))

    def norm(self, x, norm):
        scale, shift = (self.constant(v.detach().float().numpy()) for v in (norm.weight, norm.bias))
        return self.op("LayerNormalization", x, scale, shift, axis=-1, epsilon=norm.eps)

    def reshape(self, x, *shape):
        return self.op("Reshape", x, self.constant(shape, np.int64))

    def model(self, inputs, outputs):
        value = lambda name, kind, shape: helper.make_tensor_value_info(name, kind, shape)
        graph = helper.make_graph(self.nodes, "reader", [value(*i) for i in inputs], [value(*o) for o in outputs], self.constants)
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
        onnx.checker.check_model(made)
        return made


def encoder(g, model):
    """Pieces (b, s), their case (b, s), positions (s) and a mask to add to attention (b, 1, 1, s) to vectors (b, s, d)."""
    x = g.op("Add", g.embedding(model.word.weight, "pieces"), g.embedding(model.position.weight, "positions"))
    case = g.op("Gather", g.constant(model.case.weight.detach().float().numpy()), "case")
    x = g.norm(g.op("Add", x, case), model.norm)
    for layer in model.layers:
        x = attention(g, layer, x, model.width)
        inner = g.op("Gelu", g.linear(x, layer.up))
        x = g.norm(g.op("Add", g.linear(inner, layer.down), x), layer.norm2)
    return x


def attention(g, layer, x, width):
    mixed = attention_mixed(g, layer, x, width, "bias")
    return g.norm(g.op("Add", g.linear(mixed, layer.out), x), layer.norm1)


def attention_mixed(g, layer, x, width, bias):
    """What attention makes of x (b, s, d), before its last product; `bias` is added to its scores."""
    heads, each = layer.heads, width // layer.heads
    read, ranges = g.quantise(x, layer.query.act)
    part = lambda linear, perm: g.op("Transpose", g.reshape(g.product(read, ranges, linear), 0, 0, heads, each), perm=perm)
    query, key, value = part(layer.query, [0, 2, 1, 3]), part(layer.key, [0, 2, 3, 1]), part(layer.value, [0, 2, 1, 3])
    scores = g.op("Mul", g.op("MatMul", query, key), g.constant(np.array(each**-0.5)))
    weights = g.op("Softmax", g.op("Add", scores, bias), axis=-1)
    return g.reshape(g.op("Transpose", g.op("MatMul", weights, value), perm=[0, 2, 1, 3]), 0, 0, width)


def biaffine(g, linear, left, right, name):
    """Scores (b, w * labels, n) of left (b, w, size) against right (b, n, size + 1), whose last column is 1."""
    mixed = g.op("Reshape", g.linear(left, linear), g.constant((0, -1, linear.in_features + 1), np.int64))
    return g.op("MatMul", mixed, g.op("Transpose", right, perm=[0, 2, 1]), name=name)


def heads(g, model, hidden, width):
    """The scores read off the words' vectors; `first` holds the flat places of the words' first pieces (b, 1 + w)."""
    flat = g.reshape(hidden, -1, width)
    words = g.op("Gather", flat, "first", name="words")
    rest = lambda x: g.op("Slice", x, g.constant([1], np.int64), g.constant([2**31 - 1], np.int64), g.constant([1], np.int64))
    one = lambda x: g.op("Pad", x, g.constant([0, 0, 0, 0, 0, 1], np.int64), g.constant(np.array(1.0)))
    g.op("Identity", g.linear(rest(words), model.tags), name="tags")
    parts = g.op("Relu", g.linear(words, model.project))
    dep, head, rel_dep, rel_head, first, last, trigger, party = g.op("Split", parts, g.constant(model.parts, np.int64), outputs=8, axis=-1)
    biaffine(g, model.arc, rest(dep), one(head), "arc")
    biaffine(g, model.span, rest(first), one(rest(last)), "span")
    biaffine(g, model.role, rest(trigger), one(rest(party)), "role")
    g.op("Identity", rel_dep, name="dependent")
    g.op("Identity", rel_head, name="governor")


def attach_graph(model):
    """Scores of relations (n, labels) for n pairs of a dependent and its governor (n, size)."""
    g, attach = Graph(False), model.heads.attach
    joined = g.op("Concat", "dependent", "governor", g.op("Mul", "dependent", "governor"), axis=-1)
    hidden = g.op("Relu", g.linear_plain(joined, attach.hidden))
    g.op("Identity", g.linear_plain(hidden, attach.out), name="deprel")
    real = TensorProto.FLOAT
    return g.model([(n, real, ["n", REL]) for n in ("dependent", "governor")], [("deprel", real, ["n", attach.out.out_features])])


def reader_graph(model, quantised):
    g = Graph(quantised)
    hidden = encoder(g, model.encoder)
    heads(g, model.heads, hidden, model.encoder.width)
    whole, real = TensorProto.INT32, TensorProto.FLOAT
    inputs = [("pieces", whole, ["b", "s"]), ("case", whole, ["b", "s"]), ("positions", whole, ["s"]), ("bias", real, ["b", 1, 1, "s"]),
              ("first", whole, ["b", "w1"])]
    outputs = [("words", real, ["b", "w1", model.encoder.width]), ("tags", real, ["b", "w", sum(model.heads.sizes)]),
               ("arc", real, ["b", "w", "w1"]), ("span", real, ["b", "wt", "w"]), ("role", real, ["b", "w2", "w"]),
               ("dependent", real, ["b", "w1", REL]),
               ("governor", real, ["b", "w1", REL])]
    return g.model(inputs, outputs)


def pair_graph(model, width):
    """Relations of pairs: words (b, w, d), and masks as floats (b, w): `bias` to add to attention, source and target summing to 1."""
    g, pair = Graph(False), model.pair
    row = lambda name: g.op("Unsqueeze", name, g.constant([1], np.int64))
    pool = lambda name: g.reshape(g.op("MatMul", row(name), "words"), 0, width)
    source, target = pool("source"), pool("target")
    ask = g.reshape(g.linear_plain(g.op("Concat", source, target, axis=-1), pair.ask), 0, 2, width)
    scores = g.op("MatMul", ask, g.op("Transpose", "words", perm=[0, 2, 1]))
    scores = g.op("Add", g.op("Mul", scores, g.constant(np.array(width**-0.5))), row("bias"))
    seen = g.reshape(g.op("MatMul", g.op("Softmax", scores, axis=-1), "words"), 0, 2 * width)
    hidden = g.op("Tanh", g.linear_plain(g.op("Concat", source, target, seen, axis=-1), pair.hidden))
    g.op("Identity", g.linear_plain(hidden, pair.out), name="relation")
    real = TensorProto.FLOAT
    inputs = [("words", real, ["b", "w", width])] + [(n, real, ["b", "w"]) for n in ("bias", "source", "target")]
    return g.model(inputs, [("relation", real, ["b", pair.out.out_features])])


def load(state_path, labels):
    state = torch.load(state_path, map_location="cpu")
    inner = state["encoder.layers.0.up.weight"].shape[0]
    layers = 1 + max(int(k.split(".")[2]) for k in state if k.startswith("encoder.layers."))
    model = Reader(MiniLM(inner=inner, layers=layers), labels)
    model.load_state_dict(state)
    return model.eval()


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--labels", "--state", "--out"):
        args.add_argument(name, required=True)
    args.add_argument("--float", action="store_true", help="leave the weights in 32 bits")
    args = args.parse_args()
    labels = json.load(open(args.labels))
    model = load(args.state, labels)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(reader_graph(model, not args.float), out / "reader.onnx")
    onnx.save(attach_graph(model), out / "attach.onnx")
    onnx.save(pair_graph(model, model.encoder.width), out / "pair.onnx")
    json.dump(labels, open(out / "labels.json", "w"), indent=1)


if __name__ == "__main__":
    main()
