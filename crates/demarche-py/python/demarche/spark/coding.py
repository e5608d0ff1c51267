"""Coding, a partition at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .. import _demarche
from ..coder import Coder, columns
from ..settings import Paths, Settings
from .arrow import batches, ddl

# Rows of texts that are coded together.
PORTION = 128

# By settings: a worker makes a coder once, and keeps it for all partitions that come to it.
_coders: dict[Settings, _demarche.Coder] = {}


def coder_of(settings: Settings) -> _demarche.Coder:
    if settings not in _coders:
        _coders.clear()
        _coders[settings] = Coder._of(settings)
    return _coders[settings]


def _portions(parts: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for part in parts:
        for start in range(0, part.num_rows, PORTION):
            yield part.slice(start, PORTION)


def code(
    df: DataFrame,
    text: str = "text",
    date: str | None = "date",
    id: str = "id",
    *,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    lexicon: Paths = None,
    actors: Paths = None,
    min_confidence: float | None = None,
    fast: bool = False,
) -> DataFrame:
    """The stories of a data frame, coded: a row each, with `record` (JSON), `events` (a list of structures) and, where a story could not be
    coded, `error`.

    `text`, `date`, `id`, `title`, `url` and `publisher` name the columns; `title`, `url` and `publisher` are taken where columns of these names are
    there. Every story must bear an identifier, since rows have no number in Spark. Tables of one's own are read here and sent to the workers.
    `fast` reads with the small network alone.
    """
    settings = Settings.read(lexicon, actors, min_confidence, fast)
    names = {"text": text, "date": date, "id": id, "title": title, "url": url, "publisher": publisher}
    wanted = [(field, column, needed) for field, column, needed in columns(names) if needed or column in df.columns]
    if date is None:
        wanted = [one for one in wanted if one[0] != "date"]

    def run(parts: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        coder = coder_of(settings)
        for part in _portions(parts):
            yield from batches(coder.code_nested(part, wanted, 1))

    cells = [F.col(column).cast("string") for _, column, _ in wanted]
    return df.select(*[cell.alias(column) for cell, (_, column, _) in zip(cells, wanted)]).mapInArrow(
        run, ddl(_demarche.Coder.nested_schema(False))
    )


def code_read(stories: DataFrame, settings: Settings | None = None) -> DataFrame:
    """The stories that `read_warc` read, coded: with `key`, `record`, `events` and, by event, the `tellings` by which `link` joins them."""
    tables = settings or Settings()

    def run(parts: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        coder = coder_of(tables)
        for part in _portions(parts):
            coded = pa.table(coder.code_read(part, 1))
            yield from batches(coded.add_column(0, "key", part.column("key")))

    needed = ["key", "id", "published", "title", "url", "publisher", "agency", "byline", "text", "related"]
    schema = "`key` bigint, " + ddl(_demarche.Coder.nested_schema(True))
    return stories.select(*needed).mapInArrow(run, schema)


def events(coded: DataFrame) -> DataFrame:
    """The events of coded stories, a row each."""
    return coded.select(F.explode("events").alias("event")).select("event.*")
