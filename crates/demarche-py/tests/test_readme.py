"""What the README says happens when it is pasted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.S)


def test_the_first_story_gives_what_is_written_beside_it():
    names: dict[str, object] = {}
    exec(BLOCKS[0], names)
    told = [line.removeprefix("# ") for line in BLOCKS[0].splitlines() if line.startswith("# ")]
    assert repr(names["record"]).splitlines() == told
    beside = re.findall(r"^(\S.*?) {2,}# ([('].*)$", BLOCKS[0], re.M)
    assert len(beside) == 2
    for expression, value in beside:
        assert repr(eval(expression, names)) == value, expression


def test_a_table_of_pandas_goes_in_and_out(tmp_path, monkeypatch):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: that part of the README is not run")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: that part of the README is not run")
    monkeypatch.chdir(tmp_path)
    rows = [{"url": "a", "day": "2019-01-04", "body": "Iran rejected the offer of Russia."}, {"url": "b", "day": "", "body": ""}]
    pandas.DataFrame(rows).to_csv("news.csv", index=False)
    import demarche

    names: dict[str, object] = {"coder": demarche.Coder()}
    table = next(block for block in BLOCKS if "read_csv" in block)
    exec(table, names)
    assert len(names["events"]) == 1 and len(names["coded"]) == 2
