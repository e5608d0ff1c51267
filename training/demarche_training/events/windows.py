"""Windows: what the network reads at once, sentences of one text that stand together, with the events marked in them."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .. import corpus
from . import marks

MOST = 126  # pieces of a window; a longer sentence stands alone
LONGEST = 252  # pieces of a sentence


@dataclass
class Argument:
    """Words of a party, and the one the others depend on."""

    words: list[int]
    head: int
    country: str = "?"
    sector: str = "?"


@dataclass
class Told:
    """An event in a window, by words."""

    word: int
    type: str
    mode: str | None
    status: str
    historic: bool
    actors: list[Argument]
    recipients: list[Argument]


@dataclass
class Window:
    """Words of neighbouring sentences; `starts` are the sentences' first words. `source`, `target` and `relations`: a marked pair."""

    corpus: str
    story: str
    words: list[str]
    spans: list[tuple[int, int]]
    starts: list[int]
    heads: list[int | None]
    events: list[Told] | None = None
    source: list[int] | None = None
    target: list[int] | None = None
    relations: list[str] | None = None
    frames: list[tuple[int, list[tuple[str, int]]]] | None = None
    factual: list[tuple[int, float]] | None = None
    named: list[tuple[int, str]] | None = None  # words that name somebody, with the country that the tables of actors give
    fold: int | None = None
    extra: dict = field(default_factory=dict)


@dataclass
class Parsed:
    """A text split into sentences by the program: spans of words, and by sentence the index of each word's head or None."""

    sentences: list[list[tuple[int, int]]]
    heads: list[list[int | None]]


def parse(command: list[str], texts: list[str]) -> list[Parsed]:
    """`command` reads JSON Lines {"id", "text"} and writes words and trees: `demarche annotate --layers words,syntax --from jsonl -`."""
    stories = "\n".join(json.dumps({"id": str(i), "text": text}) for i, text in enumerate(texts))
    out = subprocess.run(command, input=stories, capture_output=True, text=True, check=True).stdout
    parsed = [Parsed([], []) for _ in texts]
    for row in map(json.loads, out.splitlines()):
        sentences = [[tuple(w) for w in s] for s in row["sents"]]
        heads = []
        for block in row["syntax"].strip().split("\n\n"):
            rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
            heads.append([int(r[6]) - 1 if r[6] != "0" else None for r in rows])
        parsed[int(row["id"])] = Parsed(sentences, heads)
    return parsed


def of_story(story: marks.Story, parsed: Parsed, count, corpus_name: str) -> Iterator[Window]:
    """The windows of a marked story. `count` gives the pieces of a word."""
    for first, last in _groups(story.text, parsed, count):
        sentences, starts, spans, heads = parsed.sentences[first:last], [], [], []
        for sentence, tree in zip(sentences, parsed.heads[first:last]):
            base = len(spans)
            starts.append(base)
            spans += sentence
            heads += [None if h is None else base + h for h in tree]
        events = [told for e in story.events.values() if (told := _told(e, spans, heads))]
        yield Window(corpus_name, story.id, [story.text[a:b] for a, b in spans], spans, starts, heads, events, fold=story.fold)


def _groups(text: str, parsed: Parsed, count) -> Iterator[tuple[int, int]]:
    """First and one past the last sentence of each window: as many neighbours as fit."""
    first, size = 0, 0
    for i, sentence in enumerate(parsed.sentences):
        pieces = sum(count(text[a:b]) for a, b in sentence) + 1
        if i > first and size + pieces > MOST:
            yield first, i
            first, size = i, 0
        size += pieces
    if first < len(parsed.sentences):
        yield first, len(parsed.sentences)


def _told(event: marks.Event, spans: list[tuple[int, int]], heads: list[int | None]) -> Told | None:
    within = lambda span: [i for i, (a, b) in enumerate(spans) if a < span[1] and span[0] < b]
    trigger = within(event.trigger)
    if not trigger:
        return None
    sides = [[Argument(w, top(w, heads), p.country, p.sector) for p in side if (w := within(p.span))] for side in (event.actors, event.recipients)]
    return Told(top(trigger, heads), event.type, event.mode, event.status, event.historic, *sides)


def top(words: list[int], heads: list[int | None]) -> int:
    """The word of a span that the others depend on."""
    inside = set(words)
    return next((i for i in words if heads[i] not in inside), words[0])


def marked(command: list[str], paths: Iterable[Path], count, name: str = "marked") -> Iterator[Window]:
    stories = [s for path in sorted(paths) for s in marks.read(path)]
    for story, parsed in zip(stories, parse(command, [s.text for s in stories])):
        yield from of_story(story, parsed, count, name)


def own(command: list[str], paths: Iterable[Path], count) -> Iterator[Window]:
    """The project's own sentences (`training/corpus`), each a window."""
    rows = [corpus.parse(line) for _, _, line in corpus.lines(sorted(map(str, paths)))]
    for (text, told), parsed in zip(rows, parse(command, [text for text, _ in rows])):
        events = {}
        for number, e in told.items():
            event = marks.Event(e["trigger"], e["type"], e["mode"], e["status"], e["historic"])
            event.actors, event.recipients = ([marks.Party(s) for s in e[side]] for side in ("actors", "recipients"))
            events[number] = event
        for window in of_story(marks.Story(text[:60], "", "", text, events), parsed, count, "own"):
            window.fold = None
            yield window
