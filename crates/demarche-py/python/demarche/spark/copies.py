"""Reprints among all stories of a run, as an archive would find them if it was given the stories in the order of their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from .. import _demarche
from .arrow import batches

PAIRS = "later bigint, earlier bigint, likeness double, why string"

# Keeps a data frame where an executor that is lost cannot take it along, and gives it back; the name tells it from others.
Keep = Callable[[DataFrame, str], DataFrame]


def grouped(make: Callable[[], _demarche.Copies | _demarche.Links]) -> Callable:
    """What finds pairs in rows that come sorted by what they have in common."""

    def run(parts: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        finder = make()
        for part in parts:
            yield from batches(finder.add(part))
        yield from batches(finder.finish())

    return run


def copies(stories: DataFrame, keep: Keep) -> DataFrame:
    """Those of the stories that are not to be coded: `key`, `how` ("known": it is there already; "copy": it is a reprint), and of a copy `of`, the
    key of the story that it is a copy of, and `likeness`.

    Of an address the first story counts, of a text to the letter too; of near copies the first that is no copy of an earlier one.
    """
    stories = stories.where("error is null")
    first = Window.partitionBy("address").orderBy("key")
    known = stories.withColumn("n", F.row_number().over(first)).where("address is not null and n > 1").select("key")
    stories = stories.join(known, "key", "left_anti")
    twins = keep(_twins(stories), "twins")
    leaders = stories.join(twins, "key", "left_anti").where("runs is not null")
    near = keep(_near(leaders.select("key", "runs", "least", "sketch", "bands"), keep), "near")
    # A twin of a copy is a copy of the same; nobody has more than one of these lines.
    of = F.coalesce(F.col("near.of"), F.col("twins.of"))
    twin_copies = twins.alias("twins").join(near.alias("near"), F.col("twins.of") == F.col("near.key"), "left")
    twin_copies = twin_copies.select("twins.key", "twins.how", of.alias("of"), F.lit(1.0).alias("likeness"))
    known = known.select("key", F.lit("known").alias("how"), F.lit(None).cast("bigint").alias("of"), F.lit(None).cast("double").alias("likeness"))
    near = near.select("key", F.lit("copy").alias("how"), "of", "likeness")
    return known.unionByName(twin_copies).unionByName(near)


def _twins(stories: DataFrame) -> DataFrame:
    """Stories whose text an earlier one has to the letter."""
    same = Window.partitionBy("hash").orderBy("key")
    ranked = stories.select(
        "key",
        F.first("key").over(same).alias("of"),
        "address",
        "publisher",
        # Whether an earlier one of the same text and publisher bears no address either.
        F.row_number().over(Window.partitionBy("hash", "publisher", F.isnull("address")).orderBy("key")).alias("nth"),
    )
    known = F.col("address").isNull() & (F.col("publisher").isNull() | (F.col("nth") > 1))
    how = F.when(known, F.lit("known")).otherwise(F.lit("copy"))
    return ranked.where("key <> of").select("key", "of", how.alias("how"))


def _compare(parts: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for part in parts:
        yield from batches(_demarche.compare(part))


def _pairs(leaders: DataFrame) -> DataFrame:
    """Pairs of which one is a copy of the other, whether or not it is dropped."""
    # A row for each of 32 bands: sketches are a quarter of the signatures, and tell nearly all that are no copies.
    rows = leaders.select("key", "runs", "sketch", F.explode("bands").alias("band"))
    rows = rows.repartition("band").sortWithinPartitions("band")
    maybe = rows.mapInArrow(grouped(_demarche.Copies), PAIRS).select("later", "earlier").distinct()
    later = leaders.select(F.col("key").alias("later"), "runs", "least")
    earlier = leaders.select(F.col("key").alias("earlier"), F.col("runs").alias("other_runs"), F.col("least").alias("other_least"))
    both = maybe.join(later, "later").join(earlier, "earlier")
    return both.mapInArrow(_compare, PAIRS).drop("why")


def _near(leaders: DataFrame, keep: Keep) -> DataFrame:
    """Near copies: `key`, `of`, `likeness`."""
    pairs = keep(_pairs(leaders), "pairs")
    # A story that is a copy of an earlier one is dropped, unless that one was dropped itself; so it is decided from the first to the last.
    earlier, later = pairs.select(F.col("earlier").alias("key")), pairs.select(F.col("later").alias("key"))
    decided = earlier.distinct().join(later, "key", "left_anti").withColumn("kept", F.lit(True))
    decided = keep(decided, "decided-0")
    for turn in range(1, 1_000_000):
        open_pairs = pairs.join(decided.select(F.col("key").alias("later")), "later", "left_anti")
        if open_pairs.isEmpty():
            break
        of = decided.select(F.col("key").alias("earlier"), "kept")
        told = open_pairs.join(of, "earlier", "left").groupBy(F.col("later").alias("key")).agg(
            F.max("kept").alias("some"), F.count("*").alias("near"), F.count("kept").alias("settled")
        )
        # One kept neighbor is enough to be dropped; to be kept, all must be known to be dropped.
        now = told.where("some or near = settled").select("key", (~F.coalesce("some", F.lit(False))).alias("kept"))
        decided = keep(decided.unionByName(now), f"decided-{turn}")
    kept = decided.where("kept").select(F.col("key").alias("earlier"))
    dropped = decided.where("not kept").select(F.col("key").alias("later"))
    best = Window.partitionBy("later").orderBy(F.desc("likeness"), "earlier")
    found = pairs.join(kept, "earlier").join(dropped, "later").withColumn("n", F.row_number().over(best)).where("n = 1")
    return found.select(F.col("later").alias("key"), F.col("earlier").alias("of"), "likeness")
