"""What `grader verify` says of an exercise that is not as it must be: file, line and remedy."""

import re
import shutil

import pytest
from click.testing import CliRunner

from grader.catalog import load_course
from grader.cli import group
from grader.model import Isolation
from grader.verify import prove, prove_all, survive

pytestmark = pytest.mark.sandbox


@pytest.fixture
def course(root, tmp_path):
    """A copy of the tiny course to break."""
    shutil.copytree(root / "tests/samples/tiny", tmp_path / "tiny")
    return tmp_path / "tiny"


@pytest.fixture
def solutions(course):
    return course / "solutions/halves"


def findings(course, sandbox):
    return prove(load_course(course).exercise("halves"), sandbox, seeds=1).findings


def about(found, path):
    return [finding for finding in found if finding.path == path]


def test_the_copy_is_proved_before_anything_is_broken(course, sandbox):
    assert findings(course, sandbox) == []


@pytest.mark.parametrize("name", ["oracle.py", "test_hidden.py", "reference.py"])
def test_a_missing_file_is_named_and_the_other_exercises_go_on(course, name):
    (course / "solutions/halves" / name).unlink()
    exercises = [load_course(course).exercise("halves")]
    (proof,) = prove_all(exercises, jobs=1, required=Isolation.NAMESPACES, seeds=1)
    (finding,) = proof.findings
    assert finding.path == course / "solutions/halves" / name
    assert finding.problem.startswith("missing; every exercise needs one")
    assert finding.remedy


def test_a_test_file_that_cannot_be_read_is_told_at_its_line(course, solutions):
    path = solutions / "test_hidden.py"
    path.write_text(path.read_text() + "\nno_such_name\n")
    exercises = [load_course(course).exercise("halves")]
    (proof,) = prove_all(exercises, jobs=1, required=Isolation.NAMESPACES, seeds=1)
    (finding,) = proof.findings
    assert finding.place == f"{path}:{len(path.read_text().splitlines())}"
    assert finding.problem.startswith("NameError: name 'no_such_name' is not defined")


def test_a_broken_test_is_told_alone_with_its_line_and_what_was_meant(course, solutions, sandbox):
    path = solutions / "test_hidden.py"
    text = path.read_text().replace(".agrees_with", ".agrees_wiht", 1)
    path.write_text(text)
    (finding,) = findings(course, sandbox)
    line = 1 + [".agrees_wiht" in one for one in text.splitlines()].index(True)
    assert (finding.path, finding.remedy) == (path, "mend the test; nothing else was proved")
    assert f"the test itself raised AttributeError (test_hidden.py:{line})" in finding.problem
    assert 'did you mean "agrees_with"?' in finding.problem


def test_a_missing_stub_says_which_command_makes_it(course, sandbox):
    stub = course / "exercises/halves/halves.py"
    stub.unlink()
    (finding,) = about(findings(course, sandbox), stub)
    assert (finding.problem, finding.remedy) == ("missing", "run `grader release --stubs`")


@pytest.mark.parametrize("name", ["README.md", "test_public.py"])
def test_a_missing_file_of_what_students_get_is_named(course, sandbox, name):
    path = course / "exercises/halves" / name
    path.unlink()
    (finding,) = findings(course, sandbox)
    assert (finding.path, finding.problem) == (path, "missing; students get one")
    assert finding.remedy.startswith("write ")


def test_a_missing_exercise_toml_is_named(course):
    path = course / "exercises/halves/exercise.toml"
    path.unlink()
    assert f"{path}: missing; write it, or take the folder out" in joined(verify(course))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("import no_such_package\n", "ModuleNotFoundError: No module named 'no_such_package'"),
        ("1 / 0\n", "ZeroDivisionError"),
        ("from torch import Tenser\n", "ImportError"),
        ("def broken(:\n", "is not valid Python"),
        ("while True: pass\n", "took longer"),
    ],
)
def test_a_stub_that_cannot_be_imported_is_named_with_its_line(course, sandbox, line, problem):
    stub = course / "exercises/halves/halves.py"
    lines = stub.read_text().splitlines(keepends=True)
    stub.write_text("".join([*lines[:3], line, *lines[3:]]))
    found = about(findings(course, sandbox), stub)
    assert found[0].problem.startswith("cannot be imported as it is handed out: ")
    assert problem in found[0].problem
    assert found[0].line == 4
    assert "grader release --stubs" in found[0].remedy


def test_a_public_test_that_imports_the_grader_is_named_with_its_line(course, sandbox):
    path = course / "exercises/halves/test_public.py"
    path.write_text("from grader.runner import recipe\n" + path.read_text())
    (finding,) = findings(course, sandbox)
    assert (finding.place, finding.problem.split(":")[0]) == (
        f"{path}:1",
        "imports `grader.runner`",
    )
    assert "`recipe`" in finding.remedy


def test_a_plain_assert_in_a_hidden_test_is_named_with_its_line(course, solutions, sandbox):
    path = solutions / "test_hidden.py"
    lines = path.read_text().replace(
        "agree(layer(x), x + 2, call=", "assert (layer(x) == x + 2).all()  # "
    )
    path.write_text(lines)
    (finding,) = findings(course, sandbox)
    line = 1 + ["assert" in one for one in lines.splitlines()].index(True)
    assert finding.place == f"{path}:{line}"
    assert finding.problem.startswith("a plain `assert`")
    assert "agree(got, expected" in finding.remedy


def test_a_verb_of_what_was_returned_is_told_what_can_be_done_with_it(course, solutions, sandbox):
    path = solutions / "test_hidden.py"
    text = path.read_text()
    path.write_text(text.replace("agree(layer(x), x", "layer.agrees_with(x); agree(layer(x), x"))
    (finding,) = findings(course, sandbox)
    assert "can only be called; call it, and give what it answers to `agree`" in finding.problem


def test_a_wrong_answer_without_its_function_is_named(course, solutions, sandbox):
    path = solutions / "wrong_answer/half/doubles.py"
    path.write_text(path.read_text().replace("def half(", "def halff("))
    (finding,) = about(findings(course, sandbox), path)
    assert finding.problem == "has no written `half`, so that it proves nothing"


@pytest.mark.parametrize("name", ["wrong_answer/loose.py", "forbiden/div.py", "accepted/a/b.py"])
def test_a_sample_that_nothing_reads_is_named(course, solutions, sandbox, name):
    path = solutions / name
    path.parent.mkdir(exist_ok=True)
    path.write_text('"""A sample."""\n')
    (finding,) = findings(course, sandbox)
    assert (finding.path, finding.problem) == (path, "is in a folder that nothing reads")


@pytest.mark.parametrize("name", ["torch.rellu", "Tensor.rellu", "torch.nn.funktional.relu"])
def test_a_forbidden_name_that_is_nowhere_is_named(course, sandbox, name):
    path = course / "exercises/halves/exercise.toml"
    listed = f'forbidden = ["{name}", "not_installed.function", '
    path.write_text(path.read_text().replace("forbidden = [", listed))
    (finding,) = findings(course, sandbox)
    assert (finding.path, finding.problem) == (path, f"forbids `{name}`, which is nowhere")


def test_a_wrong_answer_that_passes_is_named_with_its_line(course, solutions, sandbox):
    path = solutions / "wrong_answer/half/right_after_all.py"
    path.write_text(
        '"""Your result matches the right one. Check nothing at all."""\n\n\n'
        "def half(x, times=1):\n    if times < 0:\n        raise ValueError\n"
        "    return x * 0.5**times\n"
    )
    (finding,) = about(findings(course, sandbox), path)
    assert finding.problem == "passes every test"
    assert "add a case that shows the mistake" in finding.remedy
    assert finding.place == f"{path}:4"


def test_two_wrong_answers_that_answer_alike_name_each_other(course, solutions, sandbox):
    folder = solutions / "wrong_answer/half"
    text = (folder / "doubles.py").read_text()
    (folder / "twice.py").write_text(text.replace("twice the input", "the input twice over"))
    found = findings(course, sandbox)
    for one, other in (("twice", "doubles"), ("doubles", "twice")):
        (finding,) = about(found, folder / f"{one}.py")
        assert f"its answers are those of `{other}` too" in finding.problem
        assert "add cases that tell them apart" in finding.remedy
        assert finding.line == 4


def test_a_hint_that_names_another_mistake_is_told(course, solutions, sandbox):
    folder = solutions / "wrong_answer/half"
    hint, text = ((folder / f"{name}.py").read_text() for name in ("float32", "doubles"))
    path = folder / "doubles.py"
    path.write_text(hint[: hint.index("def half")] + text[text.index("def half") :])
    found = about(findings(course, sandbox), path)
    told = [f for f in found if f.problem == "has the hint of `float32`, but other answers"]
    assert [(f.remedy, f.line) for f in told] == [("write a hint for this mistake", 1)]


@pytest.mark.parametrize(
    ("hint", "problem"),
    [
        ("Check the factor.", 'starts otherwise than "Your result matches"'),
        ("Your result matches twice the input.", 'has no second sentence that starts with "Check"'),
        ("Your result matches 2 x. Check torch.div of it.", "names `torch.div`"),
        ("Your result matches 2 x. Check it, obviously.", 'says "obviously"'),
        ("Your result matches 2 x. Check " + "it " * 40 + ".", "words; 35 at most"),
    ],
)
def test_a_hint_off_the_template_is_told_what_is_wrong(course, solutions, sandbox, hint, problem):
    path = solutions / "wrong_answer/half/doubles.py"
    path.write_text(f'"""{hint}"""\n' + path.read_text().split('"""')[2])
    found = about(findings(course, sandbox), path)
    assert [f for f in found if problem in f.problem and f.remedy == "rewrite the hint"]


def test_a_wrong_answer_without_a_hint_is_refused(course, solutions):
    path = solutions / "wrong_answer/half/doubles.py"
    path.write_text("def half(x, times=1):\n    return x * 2.0**times\n")
    result = verify(course)
    assert result.return_value == 2
    assert f"{path}: it needs a docstring" in joined(result)


def test_a_sample_in_the_wrong_folder_is_told_what_it_gets(course, solutions, sandbox):
    path = solutions / "run_time_error/index.py"
    path.write_text((solutions / "forbidden/div.py").read_text())
    (finding,) = about(findings(course, sandbox), path)
    assert re.match(r"gets .*FORBIDDEN.*, not ERROR", finding.problem)


def test_a_test_that_rejects_nothing_is_named_with_its_line(course, solutions, sandbox):
    tests = solutions / "test_hidden.py"
    lines = len(tests.read_text().splitlines())
    with tests.open("a") as file:
        file.write(
            '\n\n@tier("basic", of="half")\ndef test_half_of_nothing(submission, oracle):\n'
            '    """Half of 0 is 0."""\n'
            "    submission.half.agrees_with(oracle.half, [case(torch.zeros(2))])\n"
        )
    (finding,) = about(findings(course, sandbox), tests)
    assert finding.problem == "`halves::half::half_of_nothing` rejects no wrong answer"
    assert finding.line == lines + 4


def test_a_test_of_what_the_docstring_does_not_say_is_told(course, solutions, sandbox):
    reference = solutions / "reference.py"
    reference.write_text(reference.read_text().replace("The dtype is kept.", "It is kept."))
    found = about(findings(course, sandbox), reference)
    assert {f.line for f in found} == {10}
    assert all(
        "tests what the docstring does not say: 'The dtype is kept.'" in f.problem for f in found
    )


def test_an_accepted_solution_that_fails_is_told_with_test_seed_and_call(
    course, solutions, sandbox
):
    path = solutions / "accepted/loops.py"
    path.write_text(path.read_text() + "\n\ndef half(x, times=1):\n    return x\n")
    found = about(findings(course, sandbox), path)
    assert any("`halves::half::half_of_numbers`: FAILED" in f.problem for f in found)
    assert any("half(torch.tensor([1.0])) (seed 0)" in f.problem for f in found)


# what is refused before anything runs


def verify(course, *options):
    arguments = ["verify", "--course", str(course), "--seeds", "1", "--jobs", "1", *options]
    return CliRunner().invoke(group, arguments, standalone_mode=False)


def joined(result):
    """What was printed or raised, on one line."""
    return " ".join((result.output + str(result.exception or "")).split())


def test_an_unknown_key_names_file_and_nearest_key(course):
    path = course / "exercises/halves/exercise.toml"
    path.write_text(path.read_text() + "wall_second = 3\n")
    line = len(path.read_text().splitlines())
    told = joined(verify(course))
    assert (
        f"{path}: line {line}: unknown setting `limits.wall_second`, did you mean `wall_seconds`?"
        in told
    )


def test_a_function_of_two_exercises_names_both_and_the_remedy(course):
    shutil.copytree(course / "exercises/halves", course / "exercises/thirds")
    told = joined(verify(course))
    assert (
        f"{course / 'exercises/thirds/exercise.toml'}: function `half` is already one of halves"
        in told
    )
    assert "rename one of them" in told


def test_a_wrong_answer_of_no_function_names_the_functions_there_are(course, solutions):
    (solutions / "wrong_answer/halve").mkdir()
    path = solutions / "wrong_answer/halve/doubles.py"
    path.write_text('"""Your result matches. Check."""\n')
    told = joined(verify(course))
    assert f"{path}: `halve` is not a function of halves" in told
    assert "`half`, `apply`, `make_layer`" in told


def test_a_test_of_an_unknown_function_names_the_test(course, solutions):
    path = solutions / "test_hidden.py"
    path.write_text(path.read_text().replace('of="apply"', 'of="aply"'))
    result = verify(course)
    assert result.return_value == 2
    assert "test_apply_a_model is of=`aply`" in joined(result)


def test_a_survivor_without_a_reason_and_a_reason_without_survivor_are_told(
    course, solutions, sandbox
):
    path = solutions / "survivors.toml"
    path.write_text("[half]\n'`x * 0.5` -> `x * 0.6`' = 'gone by now'\n")
    found = survive(load_course(course).exercise("halves"), sandbox)
    stale = [f for f in found.findings if f.path == path]
    assert [f.remedy for f in stale] == ["take the line out"]
    assert len(found.findings) == len(found.survivors) + 1
    assert all(f.line and "its reason to" in f.remedy for f in found.findings if f not in stale)


def test_a_survivors_file_that_is_not_toml_is_named(course, solutions):
    (solutions / "survivors.toml").write_text("[half\n")
    told = joined(verify(course, "--mutants"))
    assert "survivors.toml" in told
    assert "a reason for each change" in told
