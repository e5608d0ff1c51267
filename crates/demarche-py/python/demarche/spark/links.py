"""The same event in many stories, as an archive joins them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from .. import _demarche
from .copies import PAIRS, Keep, grouped

# The key of an event is that of its story and, in so many bits, its place in it.
EVENTS = 14


def numbered(coded: DataFrame) -> DataFrame:
    """Events of coded stories with their keys: `event`, `story_key`, `telling`, and the columns of the event."""
    both = F.arrays_zip("events", "tellings")
    rows = coded.select("key", F.posexplode(both).alias("n", "both"))
    key = F.shiftleft("key", EVENTS).bitwiseOR(F.col("n").cast("bigint"))
    key = F.when(F.col("n") < (1 << EVENTS), key)
    return rows.select(key.alias("event"), F.col("key").alias("story_key"), "both.tellings", "both.events.*").withColumnRenamed("tellings", "telling")


def link(events: DataFrame, keep: Keep) -> tuple[DataFrame, DataFrame]:
    """Links of events of different stories that tell of the same (`later`, `earlier`, `likeness`, `why`), and the occurrence of every event that
    has one: `event`, `occurrence`, the least event of it."""
    told = events.where("telling is not null and event is not null")
    told = told.select("event", F.col("story_key").alias("story"), "type", "telling")

    def share(parts: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for part in parts:
            rows = part.to_pylist()
            out = [
                {"shared": f"{row['type']}\t{key}", "event": row["event"], "story": row["story"], "telling": row["telling"]}
                for row in rows
                for key in _demarche.Links.keys(row["telling"])
            ]
            types = [("shared", pa.string()), ("event", pa.int64()), ("story", pa.int64()), ("telling", pa.string())]
            yield pa.RecordBatch.from_pylist(out, schema=pa.schema(types))

    shared = told.mapInArrow(share, "shared string, event bigint, story bigint, telling string")
    shared = shared.repartition("shared").sortWithinPartitions("shared")
    links = shared.mapInArrow(grouped(_demarche.Links), PAIRS).dropDuplicates(["later", "earlier"])
    links = keep(links, "links")
    return links, _occurrences(links, keep)


def _occurrences(links: DataFrame, keep: Keep) -> DataFrame:
    """What is connected, under the least of it."""
    ways = links.select("later", "earlier").union(links.select("earlier", "later")).toDF("event", "other")
    now = keep(ways.groupBy("event").agg(F.least("event", F.min("other")).alias("occurrence")), "occurrence-0")
    for turn in range(1, 1_000_000):
        of = now.select(F.col("event").alias("other"), F.col("occurrence").alias("theirs"))
        least = ways.join(of, "other").groupBy("event").agg(F.min("theirs").alias("theirs"))
        new = now.join(least, "event").select("event", F.least("occurrence", "theirs").alias("occurrence"))
        # And at once to where that one points.
        jump = new.select(F.col("event").alias("occurrence"), F.col("occurrence").alias("further"))
        new = new.join(jump, "occurrence", "left")
        new = keep(new.select("event", F.coalesce("further", "occurrence").alias("occurrence")), f"occurrence-{turn}")
        if new.join(now, ["event", "occurrence"], "left_anti").isEmpty():
            return new
        now = new
    raise AssertionError("events are finite")
