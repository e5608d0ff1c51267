"""The ready job: a crawl in, coded stories and events out.

    demarche-spark --out coded crawl/*.warc.gz
    spark-submit --master yarn "$(demarche-spark --script)" --out s3a://mine/coded s3a://commoncrawl/crawl-data/CC-NEWS/2024/01/

Stopped at any instant and run again it goes on where it was: what is in the folder `_work` of the output is not made again. Files that are added
later count as later: their copies of what is there are dropped, and not the other way round. Files are known by their paths. Only one job at a time
may write to a folder. Exit codes: 0 done, with what could not be read in errors/; 2 not begun. The output:

    stories/    a row a story that was coded, by day of publication, with its record and its reprints
    events/     a row an event, by day of publication, with the occurrence that it tells of
    links/      which events were joined, and why
    errors/     a row for what could not be read or coded, and why
    summary.json
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from demarche.settings import Settings
from demarche.spark.coding import code_read, coder_of
from demarche.spark.copies import copies
from demarche.spark.crawl import read_warc
from demarche.spark.hadoop import Files, files
from demarche.spark.links import link, numbered


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="demarche-spark", description="Code a crawl over many machines.", epilog=(__doc__ or "").split("\n", 2)[2],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("paths", nargs="*", help="WARC files, folders of them, or patterns, as Hadoop names them")
    parser.add_argument("--out", help="the folder to write to; run again with the same one, the job goes on")
    parser.add_argument("--date", help="day of publication of stories that do not say theirs, YYYY-MM-DD")
    parser.add_argument("--lexicon", action="append", help="a folder of TOML files, as the command takes it")
    parser.add_argument("--actors", action="append", help="a table of actors, as the command takes it")
    parser.add_argument("--min-confidence", type=float, help="leave out events less sure than this, 0 to 1")
    parser.add_argument("--edition", choices=("full", "fast"), default="full", help="fast reads with the small network alone")
    parser.add_argument("--portion", type=int, default=64, help="files that are read, or coded, before the next save (default %(default)s)")
    parser.add_argument("--master", help="Spark's master, where the job is not run by spark-submit")
    parser.add_argument("--script", action="store_true", help="write the path of this script, for spark-submit")
    asked = parser.parse_args(given)
    if not asked.script and not (asked.out and asked.paths):
        parser.error("give --out and at least one path")
    if asked.portion < 1:
        parser.error("--portion must be at least 1")
    return asked


class Job:
    """What is read, coded and joined, each kept as soon as it is there."""

    def __init__(self, spark: SparkSession, asked: argparse.Namespace) -> None:
        self.spark, self.asked = spark, asked
        self.out = Files(spark, asked.out)
        self.settings = Settings.read(asked.lexicon, asked.actors, asked.min_confidence, asked.edition == "fast")
        self.edition = coder_of(self.settings).edition
        self.begun = time.monotonic()

    def check(self) -> None:
        """What was read with other options cannot be gone on with."""
        asked = json.dumps({"date": self.asked.date})
        begun = self.out.text("_work/options.json")
        if begun is None:
            self.out.write("_work/options.json", asked)
        elif begun != asked:
            raise ValueError(f"{self.asked.out} was begun with the options {begun}, not {asked}: give the same, or another --out")

    def say(self, what: str) -> None:
        print(f"{time.monotonic() - self.begun:8.1f} s  {what}", file=sys.stderr, flush=True)

    def keep(self, rows: DataFrame, inner: str) -> DataFrame:
        """Writes a data frame unless it is there, and reads it back."""
        inner = f"_work/{inner}"
        if not self.out.is_done(inner):
            rows.write.mode("overwrite").parquet(self.out.at(inner))
        return self.spark.read.parquet(self.out.at(inner))

    def portions(self) -> list[tuple[str, dict[str, int]]]:
        """The files, by portion, with their numbers; new ones get the next numbers."""
        known: dict[str, tuple[str, int]] = {}
        for name in self.out.names("_work/files"):
            if self.out.is_done(f"_work/files/{name}"):
                rows = self.spark.read.parquet(self.out.at(f"_work/files/{name}")).collect()
                known.update({row.path: (row.portion, row.number) for row in rows})
        new = [path for path in files(self.spark, self.asked.paths) if path not in known]
        if new:
            first = len(known)
            size = self.asked.portion
            given = [(path, f"{first + i - i % size:08}", first + i) for i, path in enumerate(new)]
            self.keep(self.spark.createDataFrame(given, "path string, portion string, number bigint"), f"files/{first:08}")
            known.update({path: (portion, number) for path, portion, number in given})
        if not known:
            raise FileNotFoundError(f"there are no files in {', '.join(self.asked.paths)}")
        portions: dict[str, dict[str, int]] = {}
        for path, (portion, number) in sorted(known.items(), key=lambda item: item[1]):
            portions.setdefault(portion, {})[path] = number
        self.say(f"{len(known)} files in {len(portions)} portions, {len(new)} of them new")
        return sorted(portions.items())

    def read(self, portions: list[tuple[str, dict[str, int]]]) -> DataFrame:
        for n, (name, numbers) in enumerate(portions, 1):
            if not self.out.is_done(f"_work/read/{name}"):
                self.keep(read_warc(self.spark, [], self.asked.date, numbers), f"read/{name}")
                self.say(f"portion {n} of {len(portions)} read")
        return self.all([f"_work/read/{name}" for name, _ in portions])

    def all(self, folders: list[str]) -> DataFrame:
        return self.spark.read.parquet(*[self.out.at(folder) for folder in folders])

    def code(self, portions: list[tuple[str, dict[str, int]]], dropped: DataFrame) -> DataFrame:
        at = f"coded-{self.edition}"
        cores = self.spark.sparkContext.defaultParallelism
        for n, (name, _) in enumerate(portions, 1):
            if not self.out.is_done(f"_work/{at}/{name}"):
                stories = english(self.all([f"_work/read/{name}"]).where("error is null"))
                stories = stories.join(dropped, "key", "left_anti")
                # Files differ in size; stories that are spread keep all workers at work to the end.
                self.keep(code_read(stories.repartition(4 * cores, "key"), self.settings), f"{at}/{name}")
                self.say(f"portion {n} of {len(portions)} coded")
        return self.all([f"_work/{at}/{name}" for name, _ in portions])

    def write(self, name: str, rows: DataFrame, by_day: bool) -> None:
        """Writes a table beside the old one, then puts it in its place."""
        new = f"_work/new-{name}"
        if by_day:
            rows.repartition("published").write.mode("overwrite").partitionBy("published").parquet(self.out.at(new))
        else:
            rows.write.mode("overwrite").parquet(self.out.at(new))
        self.out.put(new, name)

    def run(self) -> dict[str, Any]:
        self.check()
        portions = self.portions()
        read = self.read(portions)
        state = f"state-{sum(len(numbers) for _, numbers in portions):08}"

        def keep(rows: DataFrame, name: str) -> DataFrame:
            return self.keep(rows, f"{state}/{name}")

        dropped = keep(copies(english(read), keep), "dropped")
        self.say("copies found")
        coded = self.code(portions, dropped)
        events = numbered(coded)

        def keep_coded(rows: DataFrame, name: str) -> DataFrame:
            return self.keep(rows, f"{state}/{self.edition}/{name}")

        links, occurrences = link(events, keep_coded)
        self.say("events joined")
        self.tables(read, dropped, coded, events, links, occurrences)
        summary = self.summary(dropped)
        self.out.write("summary.json", json.dumps(summary, indent=1))
        return summary

    def tables(
        self, read: DataFrame, dropped: DataFrame, coded: DataFrame, events: DataFrame, links: DataFrame, occurrences: DataFrame
    ) -> None:
        where = read.select("key", "source", "number", "byline")
        ours = coded.where("record is not null").join(where, "key")
        at = read.select("key", "id", F.col("address").alias("url"), "hash", "title", F.col("published").cast("string"), "publisher")
        reprint = F.struct("key", "id", "url", "hash", "title", "published", "publisher", "likeness")
        # In the order in which an archive would have noted them.
        noted = F.array_sort(F.collect_list(reprint)).alias("copies")
        reprints = dropped.where("how = 'copy'").join(at, "key").groupBy(F.col("of").alias("key")).agg(noted)
        stories = ours.join(reprints, "key", "left").withColumn("events", F.size("events"))
        columns = ["key", "source", "number", "id", "published", "title", "url", "publisher", "agency", "byline", "language"]
        self.write("stories", stories.select(*columns, "events", "edition", "record", "copies"), True)
        told = events.join(occurrences, "event", "left").withColumn("occurrence", F.coalesce("occurrence", "event"))
        own = F.coalesce("agency", "publisher", F.concat(F.lit("#"), F.col("story_key").cast("string")))
        counts = told.groupBy("occurrence").agg(
            F.countDistinct("story_key").cast("int").alias("stories"), F.countDistinct(own).cast("int").alias("sources")
        )
        self.write("events", told.drop("telling").join(counts, "occurrence", "left").withColumnRenamed("event", "id"), True)
        self.write("links", links, False)
        unread = read.where("error is not null").select("key", "source", "number", "id", "trouble", "error")
        foreign = read.where("error is null and language <> 'en'").select(
            "key", "source", "number", "id", F.lit("not in English").alias("trouble"),
            F.concat(F.lit("the story is not in English ("), "language", F.lit(")")).alias("error"),
        )  # fmt: skip
        failed = coded.where("error is not null").select("key", F.lit("not coded").alias("trouble"), "error")
        failed = failed.join(read.select("key", "source", "number", "id"), "key").select(*unread.columns)
        self.write("errors", unread.unionByName(foreign).unionByName(failed), False)

    def summary(self, dropped: DataFrame) -> dict[str, Any]:
        table = {name: self.spark.read.parquet(self.out.at(name)) for name in ("stories", "events", "errors")}
        how = {row["how"]: row["count"] for row in dropped.groupBy("how").count().collect()}
        events = table["events"].agg(F.count("*").alias("events"), F.countDistinct("occurrence").alias("occurrences")).first()
        errors = {row["trouble"]: row["count"] for row in table["errors"].groupBy("trouble").count().orderBy("trouble").collect()}
        return {
            "edition": self.edition,
            "stories": table["stories"].count(),
            "copies": how.get("copy", 0),
            "known": how.get("known", 0),
            "events": events["events"] if events else 0,
            "occurrences": events["occurrences"] if events else 0,
            "errors": errors,
            "seconds": round(time.monotonic() - self.begun, 1),
        }


def english(stories: DataFrame) -> DataFrame:
    """What the command codes too."""
    return stories.where("language is null or language = 'en'")


def main(given: list[str] | None = None) -> int:
    asked = arguments(sys.argv[1:] if given is None else given)
    if asked.script:
        print(Path(__file__).resolve())
        return 0
    builder = SparkSession.builder.appName("demarche")
    if asked.master:
        builder = builder.master(asked.master)
    spark = builder.getOrCreate()
    # Rows are whole texts: ten thousand of them, Spark's own measure, would be too much for a worker.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "256")
    spark.sparkContext.setLogLevel("ERROR")
    try:
        summary = Job(spark, asked).run()
    except FileNotFoundError as error:
        print(f"error: {error}\n  help: name files, folders or patterns that are there, and tables of your own on this machine", file=sys.stderr)
        return 2
    except ValueError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    finally:
        spark.stop()
    errors = ", ".join(f"{n} {why}" for why, n in summary["errors"].items()) or "none"
    print(
        f"{summary['stories']} stories coded, {summary['copies']} copies of stories noted, {summary['known']} there already; "
        f"{summary['events']} events of {summary['occurrences']} occurrences; not coded: {errors}",
        file=sys.stderr,
    )
    # A crawl is never without damage, and a cluster would take another status for a job that failed.
    return 0


if __name__ == "__main__":
    sys.exit(main())
