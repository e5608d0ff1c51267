"""Files by Hadoop's own file systems: `s3a://`, `hdfs://` and whatever else the cluster knows.

Python on a worker has no way into the worker's JVM, and needs none: Spark's own jars are there, and with them Hadoop's `fs -cat`, whose output
is read a block at a time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import escape

import pyspark
from pyspark.sql import SparkSession

PREFIX = "spark.hadoop."


def settings(spark: SparkSession) -> dict[str, str]:
    """What the session says of file systems: its `spark.hadoop.` settings."""
    return {key[len(PREFIX) :]: value for key, value in spark.sparkContext.getConf().getAll() if key.startswith(PREFIX)}


def files(spark: SparkSession, paths: list[str]) -> list[str]:
    """The files that paths name, by name: themselves, those of folders and the folders below, and what patterns with stars stand for."""
    jvm: Any = spark._jvm
    conf = spark._jsc.hadoopConfiguration()
    out = []
    for given in paths:
        path = jvm.org.apache.hadoop.fs.Path(given)
        system = path.getFileSystem(conf)
        found = system.globStatus(path)
        if not found:
            raise FileNotFoundError(f"{given}: no such file or folder")
        for status in found:
            walk = system.listFiles(status.getPath(), True)
            while walk.hasNext():
                name = walk.next().getPath().toString()
                if not name.rsplit("/", 1)[-1].startswith((".", "_")):
                    out.append(name)
    return sorted(set(out))


def local(path: str) -> str | None:
    """The path on the machine's own disk, if it is there."""
    parts = urlsplit(path)
    if parts.scheme == "file":
        return unquote(parts.path)
    return None if parts.scheme else path


def _home() -> Path:
    return Path(os.environ.get("SPARK_HOME") or Path(pyspark.__file__).parent)


class Cat:
    """A file that is read from `hadoop fs -cat`; an error there is an error here."""

    def __init__(self, path: str, conf: dict[str, str]) -> None:
        java = os.environ.get("JAVA_HOME")
        program = str(Path(java) / "bin" / "java") if java else shutil.which("java")
        if program is None:
            raise OSError("java was not found: set JAVA_HOME on the workers")
        # Settings may hold keys of storage, and command lines are seen by all; the folder is its owner's alone.
        self._folder = tempfile.TemporaryDirectory(prefix="demarche-")
        rows = (f"<property><name>{escape(k)}</name><value>{escape(v)}</value></property>" for k, v in conf.items())
        ours = Path(self._folder.name) / "ours.xml"
        ours.write_text(f"<configuration>{''.join(rows)}</configuration>", encoding="utf-8")
        # Hadoop wants this file, and takes the cluster's where there is one.
        (Path(self._folder.name) / "core-site.xml").write_text("<configuration></configuration>")
        self._told = tempfile.TemporaryFile()
        cluster = [folder for folder in [os.environ.get("HADOOP_CONF_DIR")] if folder]
        jars = [*cluster, self._folder.name, str(_home() / "jars" / "*"), os.path.join(os.getcwd(), "*"), *_own_jars()]
        shell = [program, "-Xmx192m", "-cp", os.pathsep.join(jars), "org.apache.hadoop.fs.FsShell", "-conf", str(ours)]
        self._process = subprocess.Popen([*shell, "-cat", path], stdout=subprocess.PIPE, stderr=self._told)

    def read(self, size: int) -> bytes:
        assert self._process.stdout is not None
        block = self._process.stdout.read(size)
        if not block and self._process.wait() != 0:
            raise OSError(self._why())
        return block

    def _why(self) -> str:
        self._told.seek(0)
        lines = self._told.read().decode(errors="replace").splitlines()
        # Lines that begin with a blank are where in Java it was.
        lines = [line for line in lines if line.strip() and not line[0].isspace()]
        return lines[-1] if lines else f"hadoop fs -cat ended with {self._process.returncode}"

    def close(self) -> None:
        if self._process.stdout:
            self._process.stdout.close()
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()
        self._told.close()


def _own_jars() -> list[str]:
    """Where Spark lays the jars of `--packages` on a worker."""
    try:
        from pyspark import SparkFiles

        return [os.path.join(SparkFiles.getRootDirectory(), "*")]
    except Exception:  # noqa: BLE001 - outside a worker there is none
        return []


class Files:
    """A folder of Spark's own, as the driver sees it."""

    def __init__(self, spark: SparkSession, root: str) -> None:
        self._jvm: Any = spark._jvm
        self.root = root.rstrip("/")
        self._conf = spark._jsc.hadoopConfiguration()
        self._system = self._path("").getFileSystem(self._conf)

    def _path(self, inner: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(f"{self.root}/{inner}" if inner else self.root)

    def at(self, inner: str) -> str:
        return f"{self.root}/{inner}"

    def is_done(self, inner: str) -> bool:
        """Whether Spark has written a folder to its end."""
        return self._system.exists(self._path(f"{inner}/_SUCCESS"))

    def names(self, inner: str) -> list[str]:
        """The folders in a folder."""
        path = self._path(inner)
        if not self._system.exists(path):
            return []
        return sorted(status.getPath().getName() for status in self._system.listStatus(path) if status.isDirectory())

    def remove(self, inner: str) -> None:
        self._system.delete(self._path(inner), True)

    def put(self, inner: str, to: str) -> None:
        """Puts a folder in the place of another."""
        self.remove(to)
        if not self._system.rename(self._path(inner), self._path(to)):
            raise OSError(f"{self.at(inner)} cannot be renamed to {self.at(to)}")

    def text(self, inner: str) -> str | None:
        """What a small file holds; None where there is none."""
        path = self._path(inner)
        if not self._system.exists(path):
            return None
        stream = self._system.open(path)
        try:
            return bytes(self._jvm.org.apache.commons.io.IOUtils.toByteArray(stream)).decode()
        finally:
            stream.close()

    def write(self, inner: str, text: str) -> None:
        stream = self._system.create(self._path(inner), True)
        stream.write(bytearray(text, "utf-8"))
        stream.close()
