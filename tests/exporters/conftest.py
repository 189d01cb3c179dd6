"""Marks and one attempt as exporters get them, and golden files to hold the outcome against."""

import os
from fractions import Fraction
from pathlib import Path

import pytest

from grader.exporters import ExportMark
from grader.model import (
    Attempt,
    Described,
    ExerciseResult,
    Facet,
    FunctionResult,
    FunctionState,
    Isolation,
    Mismatch,
    Provenance,
    SubmissionInfo,
    TestResult,
    Tier,
    Verdict,
)

GOLDEN = Path(__file__).with_name("golden")


@pytest.fixture
def golden():
    """Compare with a golden file; GOLDEN=update writes it, a mismatch is saved beside it."""

    def compare(text, name):
        path = GOLDEN / name
        if os.environ.get("GOLDEN") == "update":
            path.write_text(text, encoding="utf-8")
        wanted = path.read_text(encoding="utf-8")
        if text != wanted:
            path.with_name(f"{name}.got").write_text(text, encoding="utf-8")
        assert text == wanted

    return compare


@pytest.fixture
def marks():
    return [
        ExportMark(
            student="ada",
            name="Ada Lovelace",
            email="ada@x.org",
            points=Fraction(7, 2),
            max_points=Fraction(4),
            attempt=2,
            handed_in="2026-11-20T10:00:00Z",
            external={"moodle_week1": "1234", "canvas_id": "55"},
        ),
        ExportMark(
            student="=cmd|'/c calc'!A1",
            name="@SUM(1+1)",
            email="-1@x.org",
            points=Fraction(2, 3),
            max_points=Fraction(4),
            attempt=1,
            days_late=1,
        ),
        ExportMark(student="cleo", name="Cleo", email="cleo@x.org", points=None),
    ]


@pytest.fixture
def attempt():
    def test(name, verdict, points, **others):
        return TestResult(
            id=f"relu::relu::{name}",
            function="relu",
            title=f"The {name} test.",
            tier=Tier.BASIC,
            verdict=verdict,
            points=Fraction(points),
            max_points=Fraction(2),
            **others,
        )

    mismatch = Mismatch(
        facet=Facet.VALUE,
        sentence="The first difference is at [0].",
        call="relu(tensor([-1.]))",
        expected=Described(text="tensor([0.])"),
        got=Described(text="</failure>\x1b[31m\x00]]>"),
    )
    function = FunctionResult(
        name="relu",
        state=FunctionState.WRITTEN,
        verdict=Verdict.FAILED,
        points=Fraction(2),
        max_points=Fraction(8),
        tests=(
            test("first", Verdict.PASSED, 2),
            test("second", Verdict.FAILED, 0, mismatch=mismatch, hint="Mind the sign."),
            test("third", Verdict.TIMEOUT, 0, sentence="It took more than 4 seconds."),
            test("fourth", Verdict.SKIPPED, 0),
        ),
    )
    return Attempt(
        submission=SubmissionInfo(name="ada & co", sha256="0" * 64, files=("relu.py",)),
        course="C",
        assignment="week1",
        exercises=(
            ExerciseResult(
                slug="relu",
                title="ReLU",
                score_fingerprint="s",
                feedback_fingerprint="f",
                seed=1,
                functions=(function,),
            ),
        ),
        provenance=Provenance(
            grader="0",
            python="3.11",
            torch="2",
            machine="x",
            device="cpu",
            isolation=Isolation.NAMESPACES,
        ),
        reference="abc123",
    )
