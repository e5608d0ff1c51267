"""The script of docs/r.md runs, where R is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import made
import pytest

SCRIPT = Path(__file__).parents[1] / "examples" / "events.R"


def rscript(*arguments: object) -> subprocess.CompletedProcess[str]:
    if not shutil.which("Rscript"):
        pytest.skip("R is not installed (Debian: r-base-core): its script is not run")
    return subprocess.run(["Rscript", *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture
def archive(run, tmp_path):
    run("ingest", "--db", tmp_path / "a.db", made.ROOT / "examples" / "japan-russia")
    return tmp_path / "a.db"


def test_a_table_is_read_by_base_r(run, archive, tmp_path):
    (tmp_path / "events.csv").write_text(run("events", "--db", archive, "--format", "csv"))
    done = rscript(SCRIPT, tmp_path / "events.csv")
    assert done.returncode == 0 and "JPN" in done.stdout and "RUS" in done.stdout, done.stderr


def test_parquet_is_read_by_the_package_arrow(run, archive, tmp_path):
    if rscript("-e", "library(arrow); library(dplyr)").returncode != 0:
        pytest.skip("R's packages arrow and dplyr are not installed: Parquet is not read in R")
    run("export", "--db", archive, "parquet", "--out", tmp_path / "events.parquet")
    done = rscript(SCRIPT, tmp_path / "events.parquet")
    assert done.returncode == 0 and "JPN" in done.stdout and "RUS" in done.stdout, done.stderr
