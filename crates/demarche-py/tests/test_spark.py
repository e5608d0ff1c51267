"""A crawl over two workers: damage, reprints, a worker killed at work, a job stopped; the result is that of one machine."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import made
import pytest

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: Spark is not tested")

FILES, PAGES = 40, 7
# A process for each worker and executor, as in a cluster; every one with an interpreter of its own.
CLUSTER = "local-cluster[2,1,1024]"


@pytest.fixture(scope="module")
def spark(java, tmp_path_factory):
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    folder = tmp_path_factory.mktemp("spark")
    made.crawl(folder / "mounted", 3, 6, seed=7)
    builder = SparkSession.builder.master(CLUSTER).appName("demarche tests")
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
        "spark.python.worker.reuse": "true",
        "spark.hadoop.fs.viewfs.mounttable.crawls.link./news": (folder / "mounted").as_uri(),
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    spark.mounted = folder / "mounted"
    yield spark
    spark.stop()


@pytest.fixture(scope="module")
def crawl(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("crawl")
    made.crawl(folder, FILES, PAGES)
    return folder


def job(spark, out: Path, *more: object) -> dict:
    from demarche.spark.job import Job, arguments

    return Job(spark, arguments(["--out", str(out), *map(str, more)])).run()


def contents(db: Path) -> dict[str, list]:
    """What an archive holds, but for its numbers."""
    archive = sqlite3.connect(db)

    def rows(sql: str) -> list:
        return sorted(archive.execute(sql).fetchall(), key=repr)

    event = {row[0]: row[1:] for row in rows("SELECT e.id, s.name, e.number FROM events e JOIN stories s ON s.id = e.story")}
    occurrences: dict[int, list] = {}
    for id, occurrence in rows("SELECT id, occurrence FROM events"):
        occurrences.setdefault(occurrence, []).append(event[id])
    return {
        "stories": rows("SELECT name, url, hash, title, date, publisher, agency, edition, record FROM stories"),
        "carriers": rows(
            "SELECT s.name, c.name, c.url, c.hash, c.title, c.date, c.publisher, c.likeness FROM carriers c JOIN stories s ON s.id = c.story"
        ),
        "events": rows("SELECT s.name, e.number, type, mode, status, from_day, to_day FROM events e JOIN stories s ON s.id = e.story"),
        "links": sorted((sorted((event[a], event[b])), likeness, why) for a, b, likeness, why in rows("SELECT * FROM links")),
        "occurrences": sorted(sorted(told) for told in occurrences.values()),
    }


def command_line(process: object) -> bytes:
    try:
        return (Path("/proc") / str(process) / "cmdline").read_bytes()
    except OSError:
        return b""


def processes(of: bytes) -> list[int]:
    """The processes with these words in their command line, those that fork from such a one first."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        if of in command_line(process.name):
            try:
                parent = (process / "stat").read_text().rsplit(")", 1)[1].split()[1]
            except OSError:
                continue
            found.append((of not in command_line(parent), int(process.name)))
    return [process for _, process in sorted(found)]


def test_a_data_frame_is_coded_as_the_command_codes_it(spark, run, tmp_path):
    from demarche.spark import code, events

    stories = made.stories(30)
    (tmp_path / "a.jsonl").write_text(made.lines(stories))
    lines = sorted(run("code", "--format", "jsonl", tmp_path / "a.jsonl").splitlines())
    df = spark.createDataFrame(stories)
    for partitions in (1, 3):
        coded = code(df.repartition(partitions)).cache()
        assert sorted(row.record for row in coded.select("record").collect()) == lines
    told = sum(len(json.loads(line)["events"]) for line in lines)
    assert events(coded).count() == told
    other = spark.createDataFrame([("a", None, "2019-01-04"), (None, "Iran rejected the offer.", "2019-01-04")], "key string, body string, day string")
    why = {row.error for row in code(other, text="body", date="day", id="key").collect()}
    assert why == {"the field `text` is missing", "the field `id` is missing"}


def test_a_crawl_with_a_worker_killed_is_that_of_one_machine(spark, crawl, run, tmp_path):
    run("ingest", "--db", tmp_path / "one.db", crawl)
    killed: list[bytes] = []

    def kill():
        # In the midst of coding: an interpreter that a daemon of Spark's forked for a task, then a whole executor.
        for what in (b"pyspark.daemon", b"CoarseGrainedExecutorBackend"):
            while what not in killed:
                time.sleep(0.5)
                at_work = processes(what) if any((tmp_path / "out" / "_work").glob("coded-*")) else []
                # It may have ended by itself since.
                with contextlib.suppress(ProcessLookupError):
                    for one in at_work[:1]:
                        os.kill(one, signal.SIGKILL)
                        killed.append(what)

    threading.Thread(target=kill, daemon=True).start()
    summary = job(spark, tmp_path / "out", "--portion", 20, crawl)
    assert len(killed) == 2, "no worker was found at work"
    run("ingest", "--records", "--db", tmp_path / "two.db", tmp_path / "out")
    one, two = contents(tmp_path / "one.db"), contents(tmp_path / "two.db")
    for name, rows in one.items():
        assert two[name] == rows, name
    assert summary["stories"] == len(one["stories"]) and summary["copies"] > 0 and summary["known"] > 0
    occurrences(spark, tmp_path / "out", one)
    damage(spark, tmp_path / "out", run, crawl, summary)
    # Loaded again, nothing is there twice.
    run("ingest", "--records", "--db", tmp_path / "two.db", tmp_path / "out")
    assert contents(tmp_path / "two.db") == two


def occurrences(spark, out: Path, one: dict[str, list]) -> None:
    """Spark joined the same events as the archive did."""
    rows = spark.read.parquet(str(out / "events")).select("id", "story", "number", "occurrence", "stories").collect()
    joined: dict[int, list] = {}
    for row in rows:
        joined.setdefault(row.occurrence, []).append((row.story, row.number))
        assert row.occurrence <= row.id
    assert sorted(sorted(told) for told in joined.values()) == one["occurrences"]
    assert max(row.stories for row in rows) > 1
    days = {folder.name for folder in (out / "events").iterdir() if folder.is_dir()}
    assert days and all(day.startswith("published=2019-") for day in days)


def damage(spark, out: Path, run, crawl: Path, summary: dict) -> None:
    """What could not be read is named and counted."""
    errors = spark.read.parquet(str(out / "errors")).collect()
    assert len(errors) == sum(summary["errors"].values())
    assert {"damaged gzip", "not in English"} <= set(summary["errors"])
    assert all(row.source.endswith(".warc.gz") and row.error for row in errors)
    assert json.loads((out / "summary.json").read_text())["stories"] == summary["stories"]


def test_a_job_goes_on_and_takes_more_files(spark, crawl, run, tmp_path):
    files = sorted(crawl.iterdir())[:6]
    first = job(spark, tmp_path / "out", "--portion", 2, *files[:4])
    made_at = {path: path.stat().st_mtime_ns for path in (tmp_path / "out" / "_work").rglob("*.parquet")}
    # As if it had been stopped: a portion was begun and not ended.
    coded = next((tmp_path / "out" / "_work").glob("coded-*"))
    begun = sorted(coded.iterdir())[1]
    (begun / "_SUCCESS").unlink()
    assert job(spark, tmp_path / "out", "--portion", 2, *files[:4])["stories"] == first["stories"]
    kept = [path for path in made_at if path.exists() and path.stat().st_mtime_ns == made_at[path]]
    assert {path for path in made_at if begun not in path.parents and "new-" not in str(path)} <= set(kept)
    job(spark, tmp_path / "out", "--portion", 2, *files)
    run("ingest", "--db", tmp_path / "one.db", *files)
    run("ingest", "--records", "--db", tmp_path / "two.db", tmp_path / "out")
    assert contents(tmp_path / "two.db") == contents(tmp_path / "one.db")


def test_hadoops_file_systems_are_read_on_the_workers(spark):
    from demarche.spark import read_warc

    there = read_warc(spark, "viewfs://crawls/news").drop("source", "error", "trouble").collect()
    here = read_warc(spark, str(spark.mounted)).drop("source", "error", "trouble").collect()
    assert len(there) > 10 and sorted(there, key=lambda row: row.key) == sorted(here, key=lambda row: row.key)
    with pytest.raises(FileNotFoundError, match="no such file"):
        read_warc(spark, "viewfs://crawls/news/nothing-*.warc.gz")


def test_the_job_runs_by_itself(java, crawl, tmp_path):
    program = Path(sys.executable).parent / "demarche-spark"
    files = sorted(crawl.iterdir())[:2]
    done = subprocess.run(
        [program, "--master", "local[1]", "--out", tmp_path / "out", *files], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "stories coded" in done.stderr and (tmp_path / "out" / "stories" / "_SUCCESS").exists()
    missing = subprocess.run([program, "--master", "local[1]", "--out", tmp_path / "o", tmp_path / "gone"], capture_output=True, text=True)
    assert missing.returncode == 2 and "no such file" in missing.stderr
    (tmp_path / "empty").mkdir()
    empty = subprocess.run([program, "--master", "local[1]", "--out", tmp_path / "o", tmp_path / "empty"], capture_output=True, text=True)
    assert empty.returncode == 2 and "there are no files in" in empty.stderr
    again = [program, "--master", "local[1]", "--out", tmp_path / "out", "--date", "2019-01-04", files[0]]
    other = subprocess.run(again, capture_output=True, text=True)
    assert other.returncode == 2 and "was begun with the options" in other.stderr
    script = subprocess.run([program, "--script"], capture_output=True, text=True, check=True).stdout.strip()
    assert Path(script).name == "job.py"
