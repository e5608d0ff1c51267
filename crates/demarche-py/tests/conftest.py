"""What the tests share. They are run on the wheel, in an environment of its own: the package must not be found in the sources."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import demarche
import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def coder() -> demarche.Coder:
    return demarche.Coder()


@pytest.fixture(scope="session")
def command() -> Path:
    """The command, named by the variable DEMARCHE or built beside."""
    given = os.environ.get("DEMARCHE")
    built = [Path(given)] if given else [ROOT / "target" / kind / "demarche" for kind in ("debug", "release")]
    for path in built:
        if path.exists():
            return path.resolve()
    pytest.skip("the command was not built: cargo build -p demarche-cli")


@pytest.fixture(scope="session")
def run(command):
    """Runs the command and gives what it writes; 1 is no failure, it says that something was stepped over."""

    def run(*arguments: object, cwd: Path | None = None) -> str:
        done = subprocess.run([command, *map(str, arguments)], capture_output=True, text=True, cwd=cwd)
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    return run


@pytest.fixture(scope="session")
def java() -> str:
    home = os.environ.get("JAVA_HOME")
    if not (home or shutil.which("java")):
        pytest.skip("java was not found (Debian: openjdk-17-jre-headless): Spark is not tested")
    pytest.importorskip("pyspark", reason="pyspark is not installed: Spark is not tested")
    return home or ""
