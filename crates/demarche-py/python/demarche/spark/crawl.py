"""Reading a crawl on the workers, a record at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc
from pyspark import TaskContext
from pyspark.sql import DataFrame, SparkSession

from .. import _demarche
from . import hadoop
from .arrow import batches, ddl

# A key is the file's number and, in so many bits, the record's number in it.
RECORDS = 24


def read_warc(
    spark: SparkSession, paths: str | Sequence[str], date: str | None = None, numbers: dict[str, int] | None = None
) -> DataFrame:
    """The stories of WARC files (or of any other that `demarche ingest` reads, but zip files beyond the workers' own disks), read on the workers
    a record at a time.

    A file is read by one task, and never whole in memory. A row is a story, with `key`, which tells which came first, what copies of it are
    found by, and its `text`; or what could not be read, with `trouble` (a few words) and `error`. `date` is the day of publication of stories that
    do not say theirs, `YYYY-MM-DD`.
    """
    if numbers is None:
        found = hadoop.files(spark, [paths] if isinstance(paths, str) else list(paths))
        numbers = {path: number for number, path in enumerate(found)}
    todo = list(numbers.items())
    conf = hadoop.settings(spark)
    again = _retries(spark)

    def run(parts: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for part in parts:
            for index in part.column(0).to_pylist():
                path, number = todo[index]
                for rows in _read(path, date, conf):
                    table = pa.table(rows)
                    _try_again(path, table, again)
                    keys = pc.add(pc.multiply(pa.scalar(number, pa.int64()), 1 << RECORDS), table.column("number"))
                    yield from batches(table.add_column(0, "key", keys))

    schema = "`key` bigint, " + ddl(_empty())
    # A number to a partition: files differ in size, and who is done takes the next.
    return spark.range(0, len(todo), 1, max(1, len(todo))).mapInArrow(run, schema)


def _retries(spark: SparkSession) -> int:
    """How often Spark gives a task that failed to another worker before the job is lost, at most twice here."""
    conf = spark.sparkContext.getConf()
    if re.fullmatch(r"local(\[[^,]*\])?", conf.get("spark.master") or ""):
        return 0
    return min(2, int(conf.get("spark.task.maxFailures") or 4) - 1)


def _try_again(path: str, table: pa.Table, retries: int) -> None:
    """A connection that failed may hold the next time: only then is a file beyond the worker's disk one that cannot be read."""
    context = TaskContext.get()
    if hadoop.local(path) is None and context is not None and context.attemptNumber() < retries:
        for row in table.filter(pc.equal(table.column("trouble"), "unreadable")).to_pylist():
            raise OSError(row["error"])


def _read(path: str, date: str | None, conf: dict[str, str]) -> Iterator[_demarche.Table]:
    here = hadoop.local(path)
    if here is not None:
        yield from _demarche.read(here, None, date, 1)
        return
    file = hadoop.Cat(path, conf)
    try:
        yield from _demarche.read(path, file, date, 1)
    finally:
        file.close()


def _empty() -> _demarche.Table:
    """The columns of what is read, of a file that is not there."""
    return next(iter(_demarche.read("")))
