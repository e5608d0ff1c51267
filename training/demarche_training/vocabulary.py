"""Chooses the word pieces that English news uses.

usage: python -m demarche_training.vocabulary --vocabulary FILE --news DIR --out FILE [--keep 20000]

Of BERT's uncased vocabulary the pieces are kept that the news in DIR (JSON Lines, gzip, with `text`) uses most, and every single letter, digit and
mark, so that any word can still be written. Their order stays. A word whose piece is gone is written with smaller ones.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from pathlib import Path

from tokenizers import BertWordPieceTokenizer

MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def words(folder: Path) -> Counter:
    """How often each word occurs; the same text twice counts twice."""
    count = Counter()
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf8") as lines:
            for line in lines:
                count.update(re.findall(r"\w+|[^\w\s]", json.loads(line)["text"].lower()))
    return count


def kept(pieces: list[str], used: Counter, most: int) -> list[str]:
    plain = lambda piece: piece.removeprefix("##")
    always = {p for p in pieces if p in MARKS or (len(plain(p)) == 1 and plain(p).isascii())}
    rest = sorted((p for p in pieces if p not in always and used[p]), key=lambda p: -used[p])
    chosen = always | set(rest[: most - len(always)])
    return [p for p in pieces if p in chosen]


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--vocabulary", "--news", "--out"):
        args.add_argument(name, required=True)
    args.add_argument("--keep", type=int, default=20000)
    args = args.parse_args()
    pieces = Path(args.vocabulary).read_text(encoding="utf8").splitlines()
    tokenizer = BertWordPieceTokenizer(args.vocabulary, lowercase=True)
    used = Counter()
    for word, times in words(Path(args.news)).items():
        for piece in tokenizer.encode(word, add_special_tokens=False).tokens:
            used[piece] += times
    chosen = kept(pieces, used, args.keep)
    lost = sum(n for p, n in used.items() if p not in set(chosen))
    print(f"{len(chosen)} of {len(pieces)} pieces; {lost / sum(used.values()):.5f} of what the news uses is written otherwise")
    Path(args.out).write_text("\n".join(chosen) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
