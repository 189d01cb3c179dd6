"""Executed notebooks of a class lie beside the pages, as long as a page shows that attempt."""

import json

import pytest

pytestmark = pytest.mark.sandbox


def notebook(*cells) -> str:
    rows = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": s}
        for s in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": rows})


@pytest.fixture
def executing(klass):
    path = klass.root / "course/exercises/halves/exercise.toml"
    path.write_text(path.read_text().replace("\n\n", '\nnotebook = "execute"\n\n', 1))
    return klass


def executed(klass, student):
    path = klass.out / student / "executed.ipynb"
    return json.loads(path.read_text()) if path.exists() else None


def test_an_executed_notebook_lies_beside_its_page(executing, good):
    executing.submit("ada", notebook(good, "print('ran')"), name="halves.ipynb")
    executing.submit("ben", good)
    executing.grade()
    assert executed(executing, "ada")["cells"][1]["outputs"][0]["text"] == "ran\n"
    assert executed(executing, "ben") is None


def test_whoever_hands_in_the_same_file_gets_it_too(executing, good):
    text = notebook(good, "import random\nrandom.random()")
    executing.submit("ada", text, name="halves.ipynb")
    executing.submit("ben", text, name="halves.ipynb")
    summary = executing.grade()
    assert (summary.graded, summary.copied) == (1, 1)
    assert executed(executing, "ada") == executed(executing, "ben") is not None


def test_a_later_attempt_without_a_notebook_takes_it_away(executing, good):
    path = executing.submit("ada", notebook(good), name="halves.ipynb")
    executing.grade()
    assert executed(executing, "ada") is not None
    path.unlink()
    executing.submit("ada", good)
    executing.grade()
    assert executed(executing, "ada") is None
