"""Hidden tests on real submissions in real boxes: verdicts, points, and whose fault it is."""

import json
import os
import shutil
from fractions import Fraction
from pathlib import PurePosixPath

import pytest

from grader.catalog import load_course
from grader.errors import ExerciseError
from grader.model import Facet, FunctionState, Submission, Verdict
from grader.runner import collect, run, run_each, run_public

pytestmark = pytest.mark.sandbox


def function(result, name):
    return next(f for f in result.functions if f.name == name)


def test_the_reference_gets_every_point(graded, good):
    (result,) = graded(good)
    assert result.points == result.max_points == 8
    assert {t.verdict for f in result.functions for t in f.tests} == {Verdict.PASSED}


def test_a_model_is_built_from_a_recipe_and_a_returned_layer_is_called_twice(graded, good):
    (result,) = graded(good)
    assert function(result, "apply").points == 2
    assert function(result, "make_layer").points == 2


LAYER = """

from torch import nn


class _Adder(nn.Module):
    def forward(self, x):
        {body}


def make_layer(n):
    return _Adder()
"""


@pytest.mark.parametrize(
    ("body", "verdict", "said"),
    [
        ("raise IndexError('too far')", Verdict.ERROR, "It raised IndexError: too far."),
        ("raise MemoryError", Verdict.MEMORY, "Your code asked for more than"),
        ("import os; os._exit(0)", Verdict.ERROR, "Your code ended the Python process"),
    ],
)
def test_what_goes_wrong_in_a_returned_model_is_told_like_anything_else(
    graded, good, body, verdict, said
):
    (result,) = graded(good + LAYER.format(body=body))
    (test,) = function(result, "make_layer").tests
    assert test.verdict is verdict
    assert said in (test.mismatch.sentence if test.mismatch else test.sentence)
    assert not test.notes


def test_a_wrong_gradient_names_its_argument_and_shows_how_it_was_taken(graded, good):
    detached = good.replace("def half(", "def half_(").replace("half(x, ", "half_(x, ")
    detached += "\n\ndef half(x, times=1):\n    return half_(x.detach(), times)\n"
    (result,) = graded(detached)
    (failed,) = [t for t in function(result, "half").tests if t.verdict is not Verdict.PASSED]
    assert failed.mismatch.facet is Facet.GRADIENT
    assert "No gradient reaches `x`" in failed.mismatch.sentence
    assert "(half(x) * w).sum().backward()" in failed.mismatch.snippet
    assert failed.mismatch.expected.array.values[0] == pytest.approx(
        float(failed.mismatch.snippet.partition("w = torch.tensor([")[2].partition("]")[0]) / 2,
        abs=1e-3,
    )
    assert failed.mismatch.got.array is None


def test_a_notebook_is_graded_like_a_module(graded, good):
    cells = [
        {"cell_type": "code", "source": "%matplotlib inline\n!pip install torch", "metadata": {},
         "outputs": [], "execution_count": None},
        {"cell_type": "code", "source": good, "metadata": {}, "outputs": [],
         "execution_count": None},
    ]  # fmt: skip
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    (result,) = graded(notebook, name="my work.ipynb")
    assert result.points == 8


def test_the_smallest_failing_case_is_told_with_expected_and_got(graded, good):
    (result,) = graded(good.replace("x * 0.5**times", "x * 0.25**times"))
    test = function(result, "half").tests[0]
    assert test.verdict is Verdict.FAILED
    assert test.mismatch.call == "half(torch.tensor([1.0]))"
    assert test.mismatch.expected.array.values == (0.5,)
    assert test.mismatch.got.array.values == (0.25,)
    assert (test.mismatch.failing, test.mismatch.total) == (3, 3)
    assert "torch.tensor([1.0])" in test.mismatch.snippet


def test_a_missing_function_scores_nothing_and_the_nearest_name_is_told(graded, good):
    (result,) = graded(good.replace("def half(", "def Half("))
    half = function(result, "half")
    assert half.state is FunctionState.MISSING
    assert half.nearest == "Half"
    assert "`Half`" in half.sentence
    assert half.points == 0
    assert {t.verdict for t in half.tests} == {Verdict.SKIPPED}
    assert function(result, "apply").points == 2


def test_a_class_that_only_calls_super_is_a_stub(graded, good):
    stub = (
        "\n\nfrom torch import nn\n\n\nclass make_layer(nn.Module):\n"
        "    def __init__(self, n):\n        super().__init__()\n"
        "        raise NotImplementedError\n\n    def forward(self, x):\n"
        "        raise NotImplementedError\n"
    )
    (begun,) = graded(good.replace("def make_layer(", "def other(") + stub)
    assert function(begun, "make_layer").state is FunctionState.STUB


def test_what_a_plain_assert_says_is_for_staff(tiny_course, tmp_path, sandbox, good):
    shutil.copytree(tiny_course.root, tmp_path / "tiny")
    path = tmp_path / "tiny/solutions/halves/test_hidden.py"
    claim = "assert (layer(x) == x + 2).all(), 'secret'  # "
    path.write_text(path.read_text().replace("agree(layer(x), x + 2, call=", claim))
    wrong = good.replace("return x + n", "return x - n")
    submission = Submission(name="s", files={PurePosixPath("halves.py"): wrong.encode()})
    exercise = load_course(tmp_path / "tiny").exercise("halves")
    (one,) = run([exercise], [submission], sandbox, seed=7)
    (test,) = function(one.exercises[0], "make_layer").tests
    assert (test.verdict, test.sentence) == (
        Verdict.FAILED,
        "What this test claims does not hold for what it answered.",
    )
    assert [note.is_for_staff for note in test.notes] == [True]
    assert "secret" in test.notes[0].text


def test_the_stub_is_told_from_an_attempt(graded, halves):
    (result,) = graded((halves.folder / "halves.py").read_text())
    assert {f.state for f in result.functions} == {FunctionState.STUB}
    assert result.points == 0


def test_a_wrong_arity_is_told_as_such(graded, good):
    (result,) = graded(good.replace("def half(x: Tensor, times: int = 1)", "def half(x: Tensor)"))
    assert "cannot take the calls" in function(result, "half").sentence


def test_a_loop_in_one_function_costs_that_function_and_no_other(graded, good):
    looping = good.replace("    return x * 0.5**times", "    while True: pass")
    (result,) = graded(looping)
    half = function(result, "half")
    assert half.verdict is Verdict.TIMEOUT
    assert half.points == 0
    assert half.tests[0].mismatch.facet is Facet.CRASH
    assert function(result, "apply").points == 2
    assert function(result, "make_layer").points == 2


@pytest.mark.parametrize(
    "line",
    ["import os; os._exit(0)", "import sys; sys.exit(0)", "import ctypes; ctypes.string_at(0)"],
)
def test_leaving_early_is_no_pass(graded, good, line):
    (result,) = graded(good.replace("    return x * 0.5**times", f"    {line}"))
    half = function(result, "half")
    assert half.verdict is Verdict.ERROR
    assert half.points == 0
    assert function(result, "apply").points == 2


def test_finished_cases_count_and_the_one_that_hung_is_named(graded, good):
    late = good.replace(
        "return x * 0.5**times", "return x / 0 if x.numel() == 2 and wait() else x / 2"
    )
    late += "\n\ndef wait():\n    while True: pass\n"
    (result,) = graded(late)
    test = function(result, "half").tests[0]
    assert test.verdict is Verdict.TIMEOUT
    assert test.mismatch.call == "half(torch.tensor([-3.0, 0.25]))"


def test_memory_is_told_from_an_error(graded, good):
    (result,) = graded(good.replace("return x * 0.5**times", "return torch.ones(1 << 34)"))
    assert function(result, "half").tests[0].verdict is Verdict.MEMORY


def test_an_import_that_hangs_falls_back_to_the_definitions(graded, good):
    (result,) = graded("import time\nwhile True:\n    time.sleep(1)\n" + good)
    assert result.points == 8
    assert any("could not be imported as a whole" in note.text for note in result.notes)


def test_one_bad_submission_leaves_its_neighbours_alone(graded, good):
    bad = "import os\nos._exit(0)\n"
    results = graded(good, bad, "def half(:", good)
    assert [r.points for r in results] == [8, 0, 0, 8]


def test_a_constant_of_the_right_type_earns_nothing(graded, good):
    (result,) = graded("def half(x, times=1):\n    return x\n")
    half = function(result, "half")
    kept = next(t for t in half.tests if "dtype" in t.id)
    assert kept.verdict is Verdict.PASSED
    assert half.points == 0


def test_forbidden_use_costs_the_points_and_says_what_they_would_have_been(graded, good):
    cheat = good.replace("return x * 0.5**times", "return torch.div(x, 2**times)")
    (result,) = graded(cheat)
    half = function(result, "half")
    assert half.verdict is Verdict.FORBIDDEN
    assert half.points == 0
    assert "would give 4 points" in half.sentence
    assert any("torch.div" in note.text and note.line for note in half.notes)


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("return None", Verdict.FAILED),
        ("return 'yes'", Verdict.FAILED),
        ("return (i for i in range(3))", Verdict.FAILED),
        ("return [[[]]]", Verdict.FAILED),
        ("return {1: 2}", Verdict.FAILED),
        ("return 10**5000", Verdict.FAILED),
        ("return torch.sparse_coo_tensor(size=(1,))", Verdict.FAILED),
        ("return torch.zeros(1).expand(1000, 1000, 1000, 1000)", Verdict.FAILED),
        ("return type('T', (torch.Tensor,), {'__eq__': lambda *a: True})([9.0])", Verdict.FAILED),
        ("raise BaseException('\\x1b[2J')", Verdict.ERROR),
        ("raise StopIteration", Verdict.ERROR),
        ("raise KeyboardInterrupt", Verdict.ERROR),
        ("return half(x, times)", Verdict.ERROR),
    ],
)
def test_an_odd_answer_is_the_submissions_fault_and_never_ours(graded, good, body, verdict):
    (result,) = graded(good.replace("return x * 0.5**times", body))
    half = function(result, "half")
    assert half.tests[0].verdict is verdict
    assert half.points == 0


def test_the_same_input_and_seed_give_the_same_results(graded, good):
    wrong = good.replace("0.5**times", "0.3**times")
    one, two = (graded(wrong)[0] for _ in range(2))
    first = [(t.id, t.verdict, t.mismatch) for f in one.functions for t in f.tests]
    assert first == [(t.id, t.verdict, t.mismatch) for f in two.functions for t in f.tests]


def test_public_tests_run_without_solutions_and_score_nothing(halves, sandbox, good):
    submission = Submission(name="s", files={PurePosixPath("halves.py"): good.encode()})
    (graded_one,) = run_public(halves, [submission], sandbox)
    (result,) = graded_one.exercises
    assert [t.verdict for t in function(result, "half").tests] == [Verdict.PASSED] * 2
    assert result.max_points == 0


def test_plans_are_collected_without_running_anything(halves):
    plans = collect(halves)
    assert [p.function for p in plans].count("half") == 6
    assert plans[0].title == "Half of a number is that number over two."
    assert plans[0].weight == Fraction(1)


def broken_course(tiny_course, tmp_path, text):
    import shutil

    from grader.catalog import load_course

    root = tmp_path / "course"
    shutil.copytree(tiny_course.root, root, ignore=shutil.ignore_patterns("gradebook", "reports"))
    (root / "solutions/halves/test_hidden.py").write_text(text)
    return load_course(root).exercise("halves")


def test_a_test_that_breaks_by_itself_is_our_fault_and_voids_the_attempt(
    tiny_course, tmp_path, sandbox, good
):
    exercise = broken_course(
        tiny_course,
        tmp_path,
        "from grader.runner import tier\n"
        "@tier('basic', of='half')\ndef test_x(submission, oracle, cases):\n    undefined_name\n",
    )
    submission = Submission(name="s", files={PurePosixPath("halves.py"): good.encode()})
    (one,) = run([exercise], [submission], sandbox, seed=0)
    assert function(one.exercises[0], "half").verdict is Verdict.INTERNAL


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def test_x(submission):\n    pass\n", "has no @tier"),
        (
            "from grader.runner import tier\n@tier('basic', of='hlf')\n"
            "def test_x(submission):\n    pass\n",
            "of=`hlf`",
        ),
        (
            "from grader.runner import tier\n@tier('edge', of='half')\ndef test_x(s): pass\n",
            "states=",
        ),
        ("def broken(:\n", "SyntaxError"),
        ("x = 1\n", "no test uses the fixture"),
        (
            "from grader.runner import tier\n@tier('basic', of='half')\n"
            "def test_x(oracle):\n    pass\n",
            "says nothing about what was handed in",
        ),
        (
            "import pytest\nfrom grader.runner import tier\n"
            "@pytest.mark.parametrize('n', [1, 2])\n@tier('basic', of='half')\n"
            "def test_x(submission, n):\n    assert n == 2\n",
            "test_x is parametrised",
        ),
        (
            "import pytest\nfrom grader.runner import tier\n"
            "@pytest.fixture\ndef model():\n    raise OSError\n"
            "@tier('basic', of='half')\ndef test_x(submission, model):\n    pass\n",
            "could not be run",
        ),
    ],
)
def test_a_mistake_in_the_hidden_tests_is_the_authors(
    tiny_course, tmp_path, sandbox, good, text, said
):
    exercise = broken_course(tiny_course, tmp_path, text)
    submission = Submission(name="s", files={PurePosixPath("halves.py"): good.encode()})
    with pytest.raises(ExerciseError, match=said.replace("(", r"\(")):
        list(run([exercise], [submission], sandbox, seed=0))


def test_a_changed_hidden_test_is_read_again_in_the_same_process(
    tiny_course, tmp_path, sandbox, good
):
    head = "from grader.runner import case, tier\nimport torch\n@tier('basic', of='half')\n"
    head += "def test_x(submission, oracle, cases):\n"
    test = "    submission.half.agrees_with({}, [case(torch.ones(1))])\n"
    exercise = broken_course(tiny_course, tmp_path, head + test.format("oracle.half"))
    submission = Submission(name="s", files={PurePosixPath("halves.py"): good.encode()})
    verdicts = []
    for oracle in ("oracle.half", "lambda x: x"):
        exercise.hidden_tests.write_text(head + test.format(oracle))
        (one,) = run([exercise], [submission], sandbox, seed=0)
        verdicts.append(function(one.exercises[0], "half").tests[0].verdict)
    assert verdicts == [Verdict.PASSED, Verdict.FAILED]


def test_a_hidden_test_may_have_fixtures_of_its_own(tiny_course, tmp_path, sandbox, good):
    exercise = broken_course(
        tiny_course,
        tmp_path,
        "import pytest, torch\nfrom grader.runner import case, tier\n"
        "@pytest.fixture\ndef ones():\n    yield [case(torch.ones(2))]\n"
        "@tier('basic', of='half')\ndef test_x(submission, oracle, ones):\n"
        "    submission.half.agrees_with(oracle.half, ones)\n",
    )
    texts = (good, good.replace("0.5**times", "0.3**times"))
    submissions = [
        Submission(name="s", files={PurePosixPath("halves.py"): text.encode()}) for text in texts
    ]
    graded = run([exercise], submissions, sandbox, seed=0)
    verdicts = [function(one.exercises[0], "half").verdict for one in graded]
    assert verdicts == [Verdict.PASSED, Verdict.FAILED]


def test_a_hidden_test_that_is_marked_to_be_skipped_proves_nothing(
    tiny_course, tmp_path, sandbox, good
):
    exercise = broken_course(
        tiny_course,
        tmp_path,
        "import pytest\nfrom grader.runner import tier\n"
        "@pytest.mark.skip\n@tier('basic', of='half')\ndef test_x(submission):\n    pass\n",
    )
    submission = Submission(name="s", files={PurePosixPath("halves.py"): good.encode()})
    (one,) = run([exercise], [submission], sandbox, seed=0)
    assert function(one.exercises[0], "half").verdict is Verdict.INTERNAL


@pytest.mark.parametrize(
    ("body", "right", "wrong"),
    [
        (
            "with pytest.raises(ZeroDivisionError):\n"
            "        submission.half(torch.ones(1)).item() - 0.5 or 1 / 0",
            Verdict.PASSED,
            Verdict.FAILED,
        ),
        ("pytest.skip('not today')", Verdict.INTERNAL, Verdict.INTERNAL),
        ("pytest.fail('never')", Verdict.INTERNAL, Verdict.INTERNAL),
    ],
)
def test_what_pytest_offers_inside_a_test_ends_that_test_alone(
    tiny_course, tmp_path, sandbox, good, body, right, wrong
):
    exercise = broken_course(
        tiny_course,
        tmp_path,
        "import pytest, torch\nfrom grader.runner import tier\n"
        f"@tier('basic', of='half')\ndef test_x(submission):\n    {body}\n",
    )
    texts = (good, good.replace("0.5**times", "0.3**times"))
    submissions = [
        Submission(name="s", files={PurePosixPath("halves.py"): text.encode()}) for text in texts
    ]
    verdicts = [
        function(one.exercises[0], "half").tests[0].verdict
        for one in run([exercise], submissions, sandbox, seed=0)
    ]
    assert verdicts == [right, wrong]


def test_an_error_of_whoever_takes_the_results_is_raised_and_ends_the_run(halves, sandbox, good):
    submission = Submission(name="s", files={PurePosixPath("halves.py"): good.encode()})
    seen = []

    def deliver(graded):
        seen.append(graded)
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        run_each([halves], [submission] * 3, sandbox, seed=0, deliver=deliver)
    assert len(seen) == 1


def test_folders_above_the_exercises_are_not_listed(tiny_course, tmp_path, monkeypatch):
    """A course in a folder of a thousand others must not cost more."""
    root = tmp_path / "deep"
    shutil.copytree(tiny_course.root, root)
    (exercise,) = load_course(root).exercises.values()
    listed = []
    scandir = os.scandir

    def seen(path="."):
        listed.append(str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", seen)
    assert collect(exercise)
    assert str(exercise.hidden_tests.parent) in listed
    assert not {str(path) for path in exercise.hidden_tests.parent.parents} & set(listed)
