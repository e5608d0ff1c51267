"""The coder: what it gives is what the command gives."""

from __future__ import annotations

import datetime
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import demarche
import made
import pytest
from demarche.parts import Argument

STORY = "Iran rejected the offer of the United States on Monday. Japanese Prime Minister Shinzo Abe will visit Moscow next week."


def test_a_story_becomes_a_record_with_typed_parts(coder):
    record = coder.code(STORY, date="2019-01-04", title="Talks")
    assert [(event.type, event.status) for event in record.events] == [("REJECT", "happened"), ("AGREE", "planned")]
    first = record.events[0]
    assert isinstance(first.actors[0], Argument) and first.actors[0].country == "IRN"
    assert first.time is not None and first.time.from_ == "2018-12-31"
    trigger = first.evidence.trigger
    assert record.story.text[trigger.start : trigger.end] == trigger.text == "rejected"
    assert record.story.title == "Talks" and record.story.url is None
    assert record.to_dict() == json.loads(record.to_json())
    assert "REJECT" in repr(record) and "Iran" in repr(record)
    assert pickle.loads(pickle.dumps(record)) == record
    assert coder.code(STORY, date=datetime.date(2019, 1, 4), title="Talks") == record


def test_a_notebook_shows_the_words_and_only_words(coder):
    html = coder.code(STORY + " <script>alert(1)</script>", date="2019-01-04")._repr_html_()
    assert "trigger q3" in html and "Shinzo Abe" in html and "<script" not in html


def test_what_cannot_be_coded_is_said(coder):
    with pytest.raises(ValueError, match="no date"):
        coder.code(STORY, date="yesterday or so")
    with pytest.raises(ValueError, match="not in English"):
        coder.code(made.FRENCH * 3)
    coded = coder.code_all([STORY, {"id": "x", "text": " "}, {"id": "y", "text": STORY, "date": "2019-01-04"}])
    assert isinstance(coded[0], demarche.Record) and coded[2].story.id == "y"
    assert coded[1] == demarche.Failed("x", "the field `text` is missing")


def test_layers_are_those_of_the_command(coder, run, tmp_path):
    (tmp_path / "a.jsonl").write_text(made.lines([{"id": "a", "text": STORY, "date": "2019-01-04"}]))
    layers = ["words", "syntax", "dates", "places", "actors", "quotes"]
    told = json.loads(run("annotate", "--layers", ",".join(layers), tmp_path / "a.jsonl"))
    assert coder.annotate(STORY, layers, "2019-01-04", id="a") == told
    with pytest.raises(ValueError, match="`colors` is no layer"):
        coder.annotate(STORY, ["colors"])


def test_records_are_byte_for_byte_those_of_the_command(coder, run, tmp_path):
    stories = made.stories(40)
    (tmp_path / "a.jsonl").write_text(made.lines(stories))
    lines = run("code", "--format", "jsonl", tmp_path / "a.jsonl").splitlines()
    for threads in (1, 2):
        assert [record.to_json() for record in coder.code_all(stories, threads)] == lines
    assert coder.code(**stories[7]).to_json() == lines[7]


def test_a_dossier_is_that_of_the_command(run):
    folder = made.ROOT / "examples" / "japan-russia"
    lines = run("code", "--format", "jsonl", folder).splitlines()
    found = demarche.dossier(lines, between=["jpn", "RUS"])
    assert found.to_markdown() == run("dossier", "--between", "JPN,RUS", folder)
    assert found.to_dict() == json.loads(run("dossier", "--format", "json", "--between", "JPN,RUS", folder))


def test_tables_of_ones_own_are_taken_as_the_command_takes_them(run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "verbs.toml").write_text('[[verb]]\nlemmas = ["snub"]\ntype = "REJECT"\nrecipient = ["obj"]\n')
    (tmp_path / "actors.tsv").write_text("name\tcountry\tsectors\nBrenn Talos\tJPN\tGOV\n")
    (tmp_path / "a.jsonl").write_text(made.lines([{"id": "a", "text": "Brenn Talos snubbed Russia.", "date": "2019-01-04"}]))
    options = ["--lexicon", tmp_path / "mine", "--actors", tmp_path / "actors.tsv", "--min-confidence", "0.1"]
    line = run("code", "--format", "jsonl", *options, tmp_path / "a.jsonl")
    own = demarche.Coder(tmp_path / "mine", [tmp_path / "actors.tsv"], 0.1)
    record = own.code("Brenn Talos snubbed Russia.", "2019-01-04", id="a")
    assert record.to_json() + "\n" == line
    assert record.events[0].type == "REJECT" and record.events[0].actors[0].country == "JPN"
    assert own.edition != demarche.Coder().edition
    with pytest.raises(FileNotFoundError, match="is no folder"):
        demarche.Coder(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="from 0 to 1"):
        demarche.Coder(min_confidence=2)
    (tmp_path / "mine" / "broken.toml").write_text("[[verb]]\nlemma = 3\n")
    with pytest.raises(ValueError, match=r"broken.toml"):
        demarche.Coder(tmp_path / "mine")


def test_other_threads_run_while_stories_are_coded(coder):
    turns, done = 0, threading.Event()

    def count():
        nonlocal turns
        while not done.is_set():
            turns += 1
            time.sleep(0.001)

    thread = threading.Thread(target=count)
    thread.start()
    coder.code_all(made.stories(30), threads=1)
    done.set()
    thread.join()
    assert turns > 20


@pytest.mark.skipif(os.name != "posix", reason="interrupts are sent as POSIX has them")
def test_an_interrupt_stops_it(tmp_path):
    script = (
        "import sys, demarche, made\ncoder = demarche.Coder()\nstories = made.stories(60) * 40\nprint('begun', flush=True)\n"
        "try:\n    coder.code_all(stories, threads=1)\nexcept KeyboardInterrupt:\n    print('stopped', flush=True)\n"
    )
    program = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent)
    assert program.stdout.readline() == "begun\n"
    time.sleep(1)
    sent = time.monotonic()
    program.send_signal(signal.SIGINT)
    assert program.stdout.readline() == "stopped\n"
    assert program.wait(60) == 0 and time.monotonic() - sent < 30


def test_the_parts_are_those_of_the_schema():
    sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
    import parts

    assert parts.all_parts() == parts.OUT.read_text(), "run tools/parts.py: the record has changed"
