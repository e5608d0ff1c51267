"""Stories in, records out."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import _demarche
from ._demarche import Table
from .record import Record
from .settings import Paths, Settings

FIELDS = ("id", "date", "text", "title", "url", "publisher")


@dataclass(frozen=True)
class Failed:
    """A story that could not be coded."""

    id: str | None
    error: str


def _threads(threads: int | None) -> int:
    if threads is not None:
        return max(1, threads)
    # As many as this process may use, which a container may hold below those of the machine.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _given(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, _text(value)) for name, value in fields.items() if value is not None]


def _text(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def columns(names: Mapping[str, str | None]) -> list[tuple[str, str, bool]]:
    """Field, column, and whether there must be one: those that are named, and the text."""
    return [(field, names.get(field) or field, field == "text" or names.get(field) is not None) for field in FIELDS]


class Coder:
    """Codes stories. Making one takes a moment; it serves any number of stories, and any number of threads at once.

    `lexicon` is a folder of TOML files of verbs, nouns, types, actors and agents, or several; `actors` a tab-separated table, or several; both
    as the command's `--lexicon` and `--actors`. `min_confidence`, 0 to 1, leaves less sure events out. `fast` reads with the small
    network alone, as `--edition fast`: for crawls.
    """

    def __init__(
        self, lexicon: Paths = None, actors: Paths = None, min_confidence: float | None = None, fast: bool = False
    ) -> None:
        self._coder = Coder._of(Settings.read(lexicon, actors, min_confidence, fast))

    @staticmethod
    def _of(settings: Settings) -> _demarche.Coder:
        lexicons = [list(files) for files in settings.lexicons]
        return _demarche.Coder(lexicons, list(settings.actors), settings.min_confidence, settings.fast)

    @property
    def edition(self) -> str:
        """What its records depend on beside their stories: the version, and a digest of weights, tables and settings."""
        return self._coder.edition

    def code(
        self,
        text: str,
        date: str | datetime.date | None = None,
        title: str | None = None,
        *,
        id: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
    ) -> Record:
        """The record of a story. `date` is its day of publication, from which words such as "Monday" are resolved.

        Raises ValueError where there is no text, it is not in English, or the date is none.
        """
        story = {"id": id, "date": date, "text": text, "title": title, "url": url, "publisher": publisher}
        record, error = self._coder.code([_given(story)], 1)[0]
        if record is None:
            raise ValueError(error)
        return Record(record)

    def code_all(
        self, stories: Iterable[str | Mapping[str, Any]], threads: int | None = None
    ) -> list[Record | Failed]:
        """The records of stories, in their order: texts, or mappings with `text` and, where known, `id`, `date`, `title`, `url`, `publisher`.

        What cannot be coded is a `Failed` in its place. `threads` is by default as many as this process may use.
        """
        given = [{"text": story} if isinstance(story, str) else story for story in stories]
        coded = self._coder.code([_given(story) for story in given], _threads(threads))
        return [
            Record(record) if record is not None else Failed(story.get("id"), error or "")
            for story, (record, error) in zip(given, coded)
        ]

    def annotate(
        self, text: str, layers: Sequence[str], date: str | datetime.date | None = None, *, id: str | None = None
    ) -> dict[str, Any]:
        """What single rooms find: any of words, syntax (CoNLL-U), dates, places, actors, quotes."""
        return json.loads(self._coder.annotate(_given({"id": id, "date": date, "text": text}), list(layers)))

    def code_arrow(
        self,
        data: Any,
        *,
        text: str | None = None,
        date: str | None = None,
        id: str | None = None,
        title: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
        threads: int | None = None,
    ) -> tuple[Table, Table]:
        """Events and stories of the rows of a table: of pyarrow, pandas, Polars, DuckDB, or whatever else speaks the Arrow PyCapsule interface.

        `text`, `date` and the others name the columns; by default they are those of these names, of which only `text` must be there.
        The stories are as many rows as were given, in their order, with `record`, or `error` where one could not be coded.
        """
        names = {"text": text, "date": date, "id": id, "title": title, "url": url, "publisher": publisher}
        return self._coder.code_arrow(data, columns(names), _threads(threads))
