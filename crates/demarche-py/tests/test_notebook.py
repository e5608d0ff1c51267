"""The example notebook runs from its first cell to its last."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "examples"


def test_the_example_notebook_runs():
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed: the notebook is not run")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed: the notebook is not run")
    for library in ("ipykernel", "pandas", "pyarrow"):
        pytest.importorskip(library, reason=f"{library} is not installed: the notebook is not run")
    notebook = nbformat.read(FOLDER / "demarche.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "the notebook is kept without outputs"
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    pages = [output.data["text/html"] for output in shown if "text/html" in output.get("data", {})]
    assert any("class=\"demarche\"" in page and "trigger" in page for page in pages)
    assert any("Where talks stand: JPN and RUS" in output.data.get("text/markdown", "") for output in shown if "data" in output)
