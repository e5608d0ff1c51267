"""Stories a second of the command, of Python and of Spark with one and two workers, on the same stories in one run; and memory.

usage: python bench/speed.py DEMARCHE STORIES [JSONL]

DEMARCHE is the command, STORIES how many stories to make of training/corpus, unless JSONL gives them. The command and Python have two threads,
Spark one core a worker. Needs the wheel, pyarrow, pyspark and Java.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import made

PYTHON = """
import resource, sys, time
import pyarrow.json
table = pyarrow.json.read_json(sys.argv[1], pyarrow.json.ReadOptions(block_size=1 << 26))
begun = time.perf_counter()
import demarche
events, stories = demarche.Coder().code_arrow(table, threads=2)
lines = stories.to_pyarrow().column("record").drop_null().to_pylist()
print(time.perf_counter() - begun, len(lines), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def command(program: str, path: str) -> float:
    begun = time.perf_counter()
    subprocess.run([program, "code", "--format", "jsonl", "--jobs", "2", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def python(path: str) -> tuple[float, int, float]:
    out = subprocess.run([sys.executable, "-c", PYTHON, path], capture_output=True, text=True, check=True).stdout.split()
    return float(out[0]), int(out[1]), float(out[2])


def memory() -> float:
    """The most memory that a worker's Python has had, in MB."""
    peaks = [0.0]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if b"pyspark.daemon" in (process / "cmdline").read_bytes():
                status = (process / "status").read_text()
                peaks.append(int(status.split("VmHWM:")[1].split()[0]) / 1024)
        except (OSError, IndexError):
            continue
    return max(peaks)


def spark(workers: int, path: str, folder: str) -> tuple[float, float]:
    from demarche.spark import code
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local-cluster[{workers},1,1024]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "256").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    rows = session.read.schema("id string, date string, title string, text string").json(path).repartition(8 * workers)
    parquet = f"{folder}/{workers}.parquet"
    rows.write.parquet(parquet)
    stories = session.read.parquet(parquet)
    # Workers that have their coder; a cluster has them for hours.
    code(stories.limit(64).repartition(2 * workers)).write.mode("overwrite").format("noop").save()
    begun = time.perf_counter()
    # Nothing is written, as the command's output goes nowhere.
    code(stories).write.mode("overwrite").format("noop").save()
    took, peak = time.perf_counter() - begun, memory()
    session.stop()
    return took, peak


def main() -> None:
    program, count = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        path = sys.argv[3] if len(sys.argv) > 3 else f"{folder}/stories.jsonl"
        if len(sys.argv) <= 3:
            Path(path).write_text(made.lines(made.stories(count)))
        lines = [json.loads(line) for line in Path(path).read_text().splitlines()]
        n, words = len(lines), sum(len(story["text"].split()) for story in lines)
        print(f"{n} stories, {words} words")
        # In turn, and the better of two: other programs of the machine may disturb one.
        runs = [(command(program, path), python(path)) for _ in range(2)]
        by_command, by_python = min(run[0] for run in runs), min(run[1][0] for run in runs)
        print(f"command:            {n / by_command:7.1f} stories/s, {words / by_command:7.0f} words/s")
        print(f"Python, 2 threads:  {n / by_python:7.1f} stories/s, {by_command / by_python:.0%} of the command; {runs[0][1][2]:.0f} MB")
        one, _ = spark(1, path, folder)
        two, peak = spark(2, path, folder)
        print(f"Spark, 1 worker:    {n / one:7.1f} stories/s")
        print(f"Spark, 2 workers:   {n / two:7.1f} stories/s, {by_command / two:.0%} of the command, {one / two:.2f} times one worker; {peak:.0f} MB a worker")


main()
