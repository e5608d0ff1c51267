"""Tables in and out, of whatever speaks Arrow."""

from __future__ import annotations

import json

import made
import pytest

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: Arrow is not tested")

STORIES = made.stories(12)


@pytest.fixture(scope="module")
def expected(coder):
    return [record.to_json() for record in coder.code_all(STORIES)]


def records(stories) -> list[str]:
    return pa.table(stories).column("record").to_pylist()


def test_rows_become_events_and_stories(coder, expected):
    events, stories = coder.code_arrow(pa.Table.from_pylist(STORIES))
    assert records(stories) == expected
    told = [(story["id"], event["id"]) for story, line in zip(STORIES, expected) for event in json.loads(line)["events"]]
    rows = pa.table(events).to_pylist()
    assert [(row["story"], row["number"]) for row in rows] == told
    first = json.loads(expected[0])["events"][0]
    assert (rows[0]["type"], rows[0]["status"], rows[0]["quad"]) == (first["type"], first["status"], first["quad"])
    assert [actor["name"] for actor in rows[0]["actors"]] == [actor["name"] for actor in first["actors"]]
    assert len(stories) == 12 and "record" in stories.column_names


def test_batches_readers_and_large_types_are_taken(coder, expected):
    table = pa.Table.from_pylist(STORIES)
    assert records(coder.code_arrow(table.to_batches()[0])[1]) == expected
    assert records(coder.code_arrow(pa.RecordBatchReader.from_batches(table.schema, table.to_batches(max_chunksize=5)))[1]) == expected
    large = table.cast(pa.schema([pa.field(name, pa.large_string()) for name in table.column_names]))
    days = large.set_column(large.column_names.index("date"), "date", pa.array([s["date"] for s in STORIES]).cast(pa.date32()))
    assert records(coder.code_arrow(days, threads=2)[1]) == expected
    stamps = days.set_column(days.column_names.index("date"), "date", days.column("date").cast(pa.timestamp("us")))
    assert records(coder.code_arrow(stamps)[1]) == expected


def test_pandas_polars_and_duckdb_go_in_and_out(coder, expected):
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    duckdb = pytest.importorskip("duckdb")
    events, stories = coder.code_arrow(pandas.DataFrame(STORIES))
    assert stories.to_pandas()["record"].tolist() == expected
    _, stories = coder.code_arrow(polars.DataFrame(STORIES))
    assert stories.to_polars()["record"].to_list() == expected
    table = pa.Table.from_pylist(STORIES)
    _, stories = coder.code_arrow(duckdb.sql("SELECT * FROM \"table\""))
    assert records(stories) == expected and table.num_rows == 12
    rows = pa.table(events)
    count = duckdb.sql("SELECT count(*) FROM rows WHERE quad = 1").fetchall()[0][0]
    assert count == sum(quad == 1 for quad in rows.column("quad").to_pylist())


def test_columns_are_named_and_bad_rows_are_rows(coder):
    table = pa.table({
        "body": ["Iran rejected the offer of Russia.", None, "Turkey condemned Syria.", made.FRENCH * 3],
        "day": ["2019-01-04", "2019-01-05", "soon", None],
    })  # fmt: skip
    events, stories = coder.code_arrow(table, text="body", date="day")
    rows = pa.table(stories).to_pylist()
    assert rows[0]["id"] == "row:1"
    why = [row["error"] for row in rows]
    assert why[0] is None and "`text` is missing" in why[1] and "no date" in why[2] and "not in English" in why[3]
    assert [row["record"] is None for row in rows] == [False, True, True, True]
    assert len(events) == 1
    with pytest.raises(KeyError, match="no column `words`; there are body, day"):
        coder.code_arrow(table, text="words")
    nothing = table.slice(0, 0)
    events, stories = coder.code_arrow(nothing, text="body")
    assert len(events) == len(stories) == 0 and "type" in events.column_names


def test_rows_without_an_identifier_are_numbered_over_all_batches(coder):
    texts = pa.table({"text": ["Iran rejected the offer of Russia."] * 5})
    reader = pa.RecordBatchReader.from_batches(texts.schema, texts.to_batches(max_chunksize=2))
    _, stories = coder.code_arrow(reader)
    assert pa.table(stories).column("id").to_pylist() == [f"row:{n}" for n in range(1, 6)]


def test_files_are_read_a_portion_at_a_time(tmp_path, coder, run):
    import demarche

    made.crawl(tmp_path / "crawl", 6, 8)
    for file in sorted((tmp_path / "crawl").iterdir()):
        rows = pa.concat_tables([pa.table(part) for part in demarche.read(str(file))])
        with file.open("rb") as lent:
            assert pa.concat_tables([pa.table(part) for part in demarche.read(str(file), lent)]) == rows
        read = rows.filter(pa.compute.is_null(rows.column("error")))
        coded = pa.table(coder._coder.code_read(read, 1)).column("record").to_pylist()
        assert [line for line in coded if line] == run("code", "--format", "jsonl", file).splitlines()
    gone = pa.table(next(iter(demarche.read(str(tmp_path / "gone.warc"))))).to_pylist()
    assert gone[0]["trouble"] == "unreadable" and "gone.warc" in gone[0]["error"]
