"""Marked stories: a text with every event in it, its parties and its facts.

A file holds stories that begin with `# id:`; a paragraph is a line with its marks in brackets, as in `training/corpus`; below it one line
of facts an event: `@N a=CODE+CODE r=CODE when=DAY where=PLACE/COUNTRY same=K`.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDS = 5
LAST = FOLDS - 1  # kept for the last measure: neither learnt from nor looked at


@dataclass
class Party:
    """One actor or recipient: its span in characters, its country and its sector, `?` where nobody can tell."""

    span: tuple[int, int]
    country: str = "?"
    sector: str = "?"


@dataclass
class Event:
    """An event as told once."""

    trigger: tuple[int, int] = (0, 0)
    type: str = ""
    mode: str | None = None
    status: str = "happened"
    historic: bool = False
    actors: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    when: str = "?"
    where: str = "-"
    same: int | None = None


@dataclass
class Story:
    """A text, its paragraphs joined by an empty line, and its events by number."""

    id: str
    date: str
    title: str
    text: str
    events: dict[int, Event]

    @property
    def fold(self) -> int:
        return fold(self.id)


def fold(story: str) -> int:
    """The fold of a story, by its id alone."""
    return int(hashlib.sha256(story.encode()).hexdigest()[:8], 16) % FOLDS


def read(path: Path) -> Iterator[Story]:
    """The stories of a file."""
    lines: list[str] = []
    for line in path.read_text(encoding="utf8").split("\n"):
        if line.startswith("# id:") and any(lines):
            yield _story(lines)
            lines = []
        lines.append(line)
    if any(lines):
        yield _story(lines)


def _story(lines: list[str]) -> Story:
    head, paragraphs, events, length = {}, [], {}, 0
    codes: dict[int, dict[str, str]] = {}
    for line in lines:
        told = re.match(r"# (\w+): (.*)", line)
        if told and not paragraphs:
            head[told[1]] = told[2].strip()
        elif facts := re.fullmatch(r"@(\d+)((?: \w+=\S+)+)\s*", line):
            codes[int(facts[1])] = dict(part.split("=", 1) for part in facts[2].split())
        elif line.strip():
            plain = _paragraph(line, length, events)
            paragraphs.append(plain)
            length += len(plain) + 2
    for number, event in events.items():
        _facts(event, codes.get(number, {}))
    return Story(head["id"], head.get("date", ""), head.get("title", ""), "\n\n".join(paragraphs), dict(sorted(events.items())))


def _paragraph(line: str, base: int, events: dict[int, Event]) -> str:
    """The plain text of a marked line; what it marks goes into `events`."""
    text, opened, at = "", [], 0
    for m in re.finditer(r"\[|(?:\|([^\[\]|]*))?\]", line):
        text += line[at : m.start()]
        at = m.end()
        if m[0] == "[":
            opened.append(len(text))
        else:
            _mark(events, m[1].split(), (base + opened.pop(), base + len(text)))
    return text + line[at:]


def _mark(events: dict[int, Event], words: list[str], span: tuple[int, int]) -> None:
    for i, word in enumerate(words):
        event = events.setdefault(int(word[1:]), Event())
        if word[0] == "e":
            kind, _, mode = words[i + 1].partition("/")
            event.trigger, event.type, event.mode = span, kind, mode or None
            event.status, event.historic = words[i + 2], "historic" in words[i + 3 :]
            return
        (event.actors if word[0] == "a" else event.recipients).append(Party(span))


def _facts(event: Event, facts: dict[str, str]) -> None:
    for parties, key in ((event.actors, "a"), (event.recipients, "r")):
        parties.sort(key=lambda party: party.span)
        codes = facts.get(key, "-")
        for party, code in zip(parties, codes.split("+") if codes != "-" else []):
            country, _, party.sector = code.partition(".")
            party.country = {"KOS": "XKX"}.get(country, country)
    event.when, event.where = facts.get("when", "?"), facts.get("where", "-").replace("_", " ")
    if facts.get("same", "").isdigit():
        event.same = int(facts["same"])
