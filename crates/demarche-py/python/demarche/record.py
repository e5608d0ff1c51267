"""A story's record."""

from __future__ import annotations

import json

from . import _demarche
from .parts import Argument, Event, RecordParts


class Record(RecordParts):
    """What a story says: its events, actors, dates, places, quotations, meetings, documents and positions.

    Spans count characters of `story.text`, so that `record.story.text[span.start:span.end]` are its words.
    """

    __slots__ = ("_json",)

    def __init__(self, text: str) -> None:
        """A record of its JSON, as `to_json` and `demarche code` write it."""
        super().__init__(json.loads(text))
        self._json = text

    def to_json(self) -> str:
        """The record as a line of JSON, byte for byte what `demarche code --format jsonl` writes."""
        return self._json

    def __reduce__(self):
        return Record, (self._json,)

    def __repr__(self) -> str:
        story = self.story
        head = f"<Record of {story.id}{f' ({story.date})' if story.date else ''}: {len(self.events)} events>"
        return "\n".join([head, *(_line(event) for event in self.events)])

    def _repr_html_(self) -> str:
        return _demarche.html(self._json)


def _line(event: Event) -> str:
    days = ""
    if time := event.time:
        days = f", {time.from_}" + (f" to {time.to}" if time.to != time.from_ else "")
    what = f"{event.type} {event.mode}" if event.mode else event.type
    who = _names(event.actors) + (f" → {_names(event.recipients)}" if event.recipients else "")
    where = f", {event.place.name}" if event.place else ""
    return f"  {event.id} {what} ({event.status}): {who}{days}{where}"


def _names(of: list[Argument]) -> str:
    return " + ".join(f"{one.name} ({one.country})" if one.country else one.name for one in of)
