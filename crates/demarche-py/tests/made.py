"""Stories and crawls made of sentences of training/corpus, the same for the same seed."""

from __future__ import annotations

import gzip
import json
import random
import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
FRENCH = "Le président français a rencontré son homologue allemand à Paris lundi pour des discussions sur la sécurité européenne et la paix."


def sentences() -> list[str]:
    files = sorted((ROOT / "training" / "corpus").glob("*.txt"))
    lines = [line for file in files for line in file.read_text(encoding="utf8").splitlines()]
    return [re.sub(r"\[([^|\]]*)\|[^\]]*\]", r"\1", line) for line in lines if line and not line.startswith("#")]


def stories(count: int, seed: int = 1956) -> list[dict[str, str]]:
    """Stories as lines of JSON have them."""
    known, dice = sentences(), random.Random(seed)
    return [
        {
            "id": f"s{number}",
            "date": f"2019-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "title": f"Talks {number}",
            "text": "\n\n".join(dice.sample(known, dice.randint(5, 10))),
        }
        for number in range(count)
    ]


def page(url: str, title: str, paragraphs: list[str], day: str) -> bytes:
    """A record of a crawl."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: {day}T06:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def crawl(folder: Path, files: int, pages: int, seed: int = 2019) -> None:
    """WARC files with planted reprints, to the letter and edited, the same address twice, events told of again in other words around them, pages in
    another language, and damage: members that are cut short or broken."""
    folder.mkdir(parents=True, exist_ok=True)
    known, dice = sentences(), random.Random(seed)
    before: list[tuple[str, list[str], str]] = []
    for number in range(files):
        members = []
        for n in range(pages):
            url, day = f"https://site{dice.randint(1, 9)}.example/{number}/{n}", f"2019-{n % 3 + 1:02}-{number % 5 + 1:02}"
            paragraphs = dice.sample(known, dice.randint(6, 9))
            throw = dice.randint(0, 11)
            if before and throw == 0:
                _, paragraphs, _ = dice.choice(before)
            elif before and throw == 1:
                _, other, _ = dice.choice(before)
                paragraphs = ["From our correspondents and news agencies", *other[: max(5, len(other) - 1)]]
            elif before and throw == 2:
                url, _, day = dice.choice(before)
            elif before and throw in (3, 4):
                _, other, day = dice.choice(before)
                paragraphs = [other[0], *paragraphs[1:]]
            elif throw == 5 and n % 2:
                paragraphs = [FRENCH] * 3
            before.append((url, paragraphs, day))
            members.append(gzip.compress(page(url, f"News {number} {n}", paragraphs, day), mtime=0))
        if number % 7 == 3:
            middle = members[len(members) // 2]
            members[len(members) // 2] = middle[: len(middle) // 2]
        if number % 7 == 5:
            broken = bytearray(members[1])
            broken[len(broken) // 2] ^= 0xFF
            members[1] = bytes(broken)
        end = members.pop() if number % 11 == 4 else b""
        (folder / f"crawl-{number:03}.warc.gz").write_bytes(b"".join(members) + end[: len(end) * 2 // 3])


def lines(of: list[dict[str, str]]) -> str:
    return "".join(json.dumps(story) + "\n" for story in of)
