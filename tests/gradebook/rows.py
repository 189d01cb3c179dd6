"""Rows of results as a grading would make them, for tests that need no sandbox."""

from grader.gradebook.rows import ExerciseRow, FunctionRow, ResultRow, TestRow, digest


def row(points=3, most=4, *, key="k1", feedback="f1", is_void=False, reference="ref1"):
    """A result of one exercise with one function and two tests."""
    passed = points == most
    tests = (
        TestRow(
            test_id="relu::relu::basic", verdict="PASSED", attribution="",
            points=(2, 1), max_points=(2, 1),
        ),
        TestRow(
            test_id="relu::relu::edge", verdict="PASSED" if passed else "FAILED",
            attribution="" if passed else "student",
            points=(points - 2, 1), max_points=(most - 2, 1),
        ),
    )  # fmt: skip
    return ResultRow(
        reference=reference,
        key=key,
        feedback_key=feedback,
        is_void=is_void,
        cause="machine" if is_void else "",
        outcome=digest(*(f"{t.test_id} {t.verdict} {t.points}" for t in tests)),
        cpu_seconds=0.25,
        points=(points, 1),
        max_points=(most, 1),
        exercises=(ExerciseRow(slug="relu", key=key, points=(points, 1), max_points=(most, 1)),),
        functions=(
            FunctionRow(
                function="relu", slug="relu", verdict="PASSED" if passed else "FAILED",
                misconception="", answers="" if passed else "abc",
                points=(points, 1), max_points=(most, 1), tests=tests,
            ),
        ),
    )  # fmt: skip
