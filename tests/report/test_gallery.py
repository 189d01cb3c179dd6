from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from grader.model import Measured
from grader.report.gallery import class_from_json, class_to_json, page_of, rebuild, timeless
from tests.conftest import ROOT

from . import attempts
from .classes import make_class

RESULTS = sorted((ROOT / "reports/gallery").glob("*.json"))


def test_the_gallery_is_not_empty():
    assert len(RESULTS) > 10


@pytest.mark.parametrize("results", RESULTS, ids=lambda path: path.stem)
def test_a_committed_page_is_what_its_results_give(results):
    """After a change of a page: `make gallery`, look at it, commit it."""
    page = results.with_suffix(".html")
    assert page.read_text(encoding="utf-8") == page_of(results)


def test_results_are_kept_without_what_differs_from_run_to_run():
    once = attempts.partial()
    slower = dataclasses.replace(once, measured=Measured(wall_seconds=3.0))
    assert timeless(once) == timeless(slower)


def test_a_class_survives_its_json():
    page = make_class(5)
    assert class_from_json(class_to_json(page)) == page
    assert all(type(row.points) is Fraction for row in class_from_json(class_to_json(page)).rows)


def test_a_folder_is_rebuilt_page_by_page(tmp_path):
    (tmp_path / "a.json").write_bytes(timeless(attempts.perfect()))
    (tmp_path / "class.json").write_bytes(class_to_json(make_class(5)))
    assert [path.name for path in rebuild(tmp_path)] == ["a.html", "class.html"]
    first = [path.read_bytes() for path in sorted(tmp_path.glob("*.html"))]
    rebuild(tmp_path)
    assert first == [path.read_bytes() for path in sorted(tmp_path.glob("*.html"))]
