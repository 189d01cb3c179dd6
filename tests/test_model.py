"""Results as JSON: the committed schema is the one in use, and real results obey it."""

import json
import os
from fractions import Fraction

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from grader.model import (
    Audience,
    Show,
    TestResult,
    Tier,
    Verdict,
    attempt_from_json,
    attempt_schema,
    attempt_to_json,
)
from grader.scoring import filter_for

GALLERY = "reports/gallery"
SCHEMA = "docs/reference/results.schema.json"


def gallery(root):
    return sorted(p for p in (root / GALLERY).glob("*.json") if p.stem != "class")


def test_the_committed_schema_is_the_one_in_use(root):
    """After a change of grader/model: UPDATE_GOLDEN=1 pytest tests/test_model.py."""
    text = json.dumps(attempt_schema(), indent=2) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        (root / SCHEMA).write_text(text)
    assert (root / SCHEMA).read_text() == text


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("show", list(Show))
def test_real_results_obey_the_schema_in_every_view(root, audience, show):
    validator = jsonschema.Draft202012Validator(json.loads((root / SCHEMA).read_text()))
    paths = gallery(root)
    assert len(paths) > 5
    for path in paths:
        view = filter_for(attempt_from_json(path.read_bytes()), audience, show=show)
        validator.validate(json.loads(attempt_to_json(view)))


def test_results_survive_json_to_the_byte(root):
    for path in gallery(root):
        attempt = attempt_from_json(path.read_bytes())
        assert attempt_from_json(attempt_to_json(attempt)) == attempt


@given(st.fractions(min_value=0, max_value=100))
def test_points_are_exact_in_json(points):
    result = TestResult(
        id="e::f::t", function="f", title="t", tier=Tier.BASIC, verdict=Verdict.PASSED,
        points=points, max_points=Fraction(100),
    )  # fmt: skip
    adapter = TypeAdapter(TestResult)
    assert adapter.validate_json(adapter.dump_json(result)).points == points
