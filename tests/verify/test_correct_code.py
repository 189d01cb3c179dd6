"""Correct code must never fail: many seeds of random calls on right solutions in many styles.

Besides what an exercise ships there are variants made of it (other classes of errors, lists for
tuples, renamed parameters, options by keyword only) and those of tests/samples/correct, where
modules named EXERCISE__style.py go other ways: eps inside the root, `.mean()` of slices, whatever
a good student may write. GRADER_SEEDS=20 draws more calls than a run of the suite has time for.
"""

import ast
import os
from pathlib import Path, PurePosixPath

import pytest

from grader.catalog import load_course
from grader.model import Submission, Verdict
from grader.runner import run

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
COURSE = load_course(ROOT)
SEEDS = int(os.environ.get("GRADER_SEEDS", "2"))
FIRST_SEED = 1000  # seeds that no other check draws from


class RuntimeErrors(ast.NodeTransformer):
    """RuntimeError wherever ValueError or IndexError is raised."""

    def visit_Raise(self, node):
        for one in ast.walk(node):
            if isinstance(one, ast.Name) and one.id in {"ValueError", "IndexError"}:
                one.id = "RuntimeError"
        return node


class Lists(ast.NodeTransformer):
    """A list wherever a tuple is returned."""

    def visit_Return(self, node):
        if isinstance(node.value, ast.Tuple):
            node.value = ast.List(elts=node.value.elts, ctx=ast.Load())
        return node


class RenamedParameters(ast.NodeTransformer):
    """Other names for the required parameters, which calls pass by position."""

    def __init__(self, functions):
        self.functions = functions

    def visit_FunctionDef(self, node):
        if node.name in self.functions:
            required = node.args.args[: len(node.args.args) - len(node.args.defaults)]
            names = {argument.arg: f"my_{argument.arg}" for argument in required}
            for one in ast.walk(node):
                if isinstance(one, ast.arg) and one in required:
                    one.arg = names[one.arg]
                elif isinstance(one, ast.Name):
                    one.id = names.get(one.id, one.id)
        return node


class KeywordOnly(ast.NodeTransformer):
    """Options that can be passed by keyword only."""

    def __init__(self, functions):
        self.functions = functions

    def visit_FunctionDef(self, node):
        arguments = node.args
        if node.name in self.functions and arguments.defaults and not arguments.kwonlyargs:
            first = len(arguments.args) - len(arguments.defaults)
            arguments.kwonlyargs, arguments.kw_defaults = arguments.args[first:], arguments.defaults
            arguments.args, arguments.defaults = arguments.args[:first], []
        return node


def uses_by_keyword(tree, functions):
    """Whether calls within the module would still fit if options were by keyword only."""
    return not any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in functions
        and len(node.args) > 2
        for node in ast.walk(tree)
    )


def variants(exercise):
    """(name, source) of every right solution of an exercise; variants that change nothing go."""
    yield "reference", exercise.reference.read_text()
    for path in exercise.samples("accepted"):
        yield f"accepted {path.stem}", path.read_text()
    for path in sorted((ROOT / "tests/samples/correct").glob(f"{exercise.slug}__*.py")):
        yield path.stem, path.read_text()
    changes = [RuntimeErrors(), Lists(), RenamedParameters(exercise.names)]
    source = exercise.reference.read_text()
    if uses_by_keyword(ast.parse(source), exercise.names):
        changes.append(KeywordOnly(exercise.names))
    for change in changes:
        tree = ast.parse(source)
        changed = ast.unparse(ast.fix_missing_locations(change.visit(tree)))
        if changed != ast.unparse(ast.parse(source)):
            yield f"reference with {type(change).__name__}", changed


def problems(result):
    for function in result.functions:
        if function.verdict is not Verdict.PASSED or function.points != function.max_points:
            yield function.name, function.sentence
            for test in function.tests:
                if test.verdict is not Verdict.PASSED:
                    yield test.id, test.verdict.value, test.mismatch or test.sentence


@pytest.mark.parametrize("slug", sorted(COURSE.exercises))
def test_right_solutions_get_all_points_on_every_seed(slug, sandbox):
    exercise = COURSE.exercise(slug)
    path = PurePosixPath(f"{slug}.py")
    submissions = [
        Submission(name=name, files={path: source.encode()}) for name, source in variants(exercise)
    ]
    assert len(submissions) >= 4
    for seed in range(FIRST_SEED, FIRST_SEED + SEEDS):
        for one in run([exercise], submissions, sandbox, seed=seed):
            assert not list(problems(one.exercises[0])), (seed, one.submission.name)
