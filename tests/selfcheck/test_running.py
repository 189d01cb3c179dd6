"""What a check tells: the most basic thing first, with a call to copy and the section to read."""

import re
from dataclasses import replace
from html import unescape
from pathlib import PurePosixPath

import pytest

from grader.catalog import load_exercise
from grader.compare.sides import sides
from grader.errors import UsageError
from grader.model import Described, Facet, Mismatch, Submission
from grader.selfcheck import find_exercise, find_target, find_targets
from grader.selfcheck.page import to_html, write_html
from grader.selfcheck.running import check, check_target

RIGHT = "import torch\n\n\ndef relu(x):\n    return x.clamp(min=0)\n"
WRONG = "import torch\n\n\ndef relu(x):\n    return x.abs()\n"

MIXED = """
import torch.nn as nn
def Conv_out(n, k):
    return n
def pool_out(n, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    nn.MaxPool2d(2)
    return n
def same_padding(kernel_size, dilation=1):
    raise NotImplementedError
"""


@pytest.fixture
def told(handed_out, own_machine):
    def run(slug, text):
        exercise = load_exercise(handed_out / "exercises" / slug)
        files = {PurePosixPath(f"{slug}.py"): text.encode()}
        return check(exercise, Submission(name=slug, files=files), own_machine)

    return run


def test_right_code_is_told_so_and_that_hidden_tests_decide(told):
    result = told("relu", RIGHT)
    assert result.is_fine
    assert result.passed == result.total == 3
    assert "decided by hidden tests" in result.summary


def test_names_come_first_then_forbidden_calls_then_values_and_stubs_last(told):
    result = told("output_size", MIXED)
    words = [problem.word for problem in result.problems]
    assert words[:2] == ["missing", "forbidden"]
    assert words[-1] == "to write"
    assert set(words[2:-1]) == {"failed"}
    assert "`Conv_out`" in result.problems[0].title
    assert "torch.nn.MaxPool2d" in result.problems[1].sentences[0]


def test_a_wrong_value_comes_with_a_call_to_copy_and_the_section_to_read(told, capsys):
    from grader.cli.check_output import show

    result = told("relu", WRONG)
    problem = result.problems[0]
    assert "print(relu(torch.tensor([-3.0, 0.0, 0.5, 3.0])))" in problem.mismatch.snippet
    assert problem.section.title == "The formula"
    show(result)
    printed = capsys.readouterr().out
    assert "    print(relu(torch.tensor([-3.0, 0.0, 0.5, 3.0])))\n" in printed
    assert "“The formula”" in printed


def test_a_module_of_another_exercise_is_taken_along_and_named(told, handed_out):
    (handed_out / "exercises" / "output_size" / "output_size.py").write_text("low = 0\n")
    code = RIGHT.replace("import torch", "import torch\nfrom output_size import low")
    result = told("relu", code.replace("min=0", "min=low"))
    assert result.is_fine
    assert "It imports output_size.py of another exercise" in result.notes[0]


def test_a_wrong_answer_names_the_line_of_the_function(told):
    assert told("relu", WRONG).problems[0].where == "relu.py, line 4"


def test_the_same_error_again_is_told_in_one_line(told):
    result = told("relu", "def relu(x):\n    return torch.relu(x)\n")
    first, second, third = (problem for problem in result.problems if problem.word == "error")
    assert "name 'torch' is not defined" in first.sentences[0]
    assert first.mismatch is not None
    assert second.sentences == third.sentences == ("The same as above.",)
    assert second.mismatch is None


def test_what_cannot_be_read_is_said_once(told):
    result = told("relu", "def relu(x):\n    return x.clamp(min=0\n")
    (problem,) = result.problems
    assert problem.word == "look"
    assert "'(' was never closed" in problem.title
    assert result.notes == ()
    empty = told("relu", "")
    assert "the file is empty" in empty.problems[0].title
    assert empty.notes == ()


def test_html_of_a_students_text_is_shown_as_text(told, tmp_path):
    result = told(
        "relu", 'def relu(x):\n    raise ValueError("<script>alert(1)</script>\\x1b[0m")\n'
    )
    html = to_html(result)
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\x1b" not in html
    write_html(result, tmp_path / "check.html")
    page = (tmp_path / "check.html").read_text()
    assert page.startswith("<!doctype html>")
    assert "default-src 'none'" in unescape(page)


def test_the_notebook_is_checked_if_the_module_is_still_the_stub(handed_out, own_machine):
    folder = handed_out / "exercises/relu"
    notebook = (folder / "relu.ipynb").read_text()
    written = notebook.replace(
        r"raise NotImplementedError(\"Write your solution here.\")", "return x.clamp(min=0)"
    )
    assert written != notebook
    (folder / "relu.ipynb").write_text(written)
    target = find_target(folder)
    reverse = type(target)(exercise=target.exercise, files=tuple(sorted(target.files))[::-1])
    result = check_target(reverse, own_machine)
    assert result.file == "relu.ipynb"
    assert result.is_fine


@pytest.mark.parametrize("written", ["neither", "relu.py", "relu.ipynb"])
def test_one_process_answers_for_module_and_notebook(handed_out, own_machine, monkeypatch, written):
    folder = handed_out / "exercises/relu"
    if written != "neither":
        text = (folder / written).read_text()
        text = re.sub(r"raise NotImpl[^)]*\)", "return x.clamp(min=0)", text)
        (folder / written).write_text(text)
    started = []
    spawn = own_machine.spawn
    monkeypatch.setattr(own_machine, "spawn", lambda *a: started.append(a) or spawn(*a))
    result = check_target(find_target(folder), own_machine)
    assert len(started) == 1
    assert result.is_untouched == (written == "neither")
    assert written in ("neither", result.file)


def test_a_folder_of_exercises_means_all_of_them(handed_out, monkeypatch):
    for folder in (handed_out, handed_out / "exercises"):
        slugs = [target.exercise.slug for target in find_targets(folder)]
        assert slugs == ["output_size", "relu"]
    monkeypatch.chdir(handed_out)
    assert len(find_targets(None)) == 2
    assert [target.exercise.slug for target in find_targets("relu")] == ["relu"]


def test_without_a_file_the_exercise_of_the_folder_is_meant(handed_out, monkeypatch):
    monkeypatch.chdir(handed_out / "exercises/relu")
    target = find_target(None)
    assert target.exercise.slug == "relu"
    assert {file.name for file in target.files} == {"relu.py", "relu.ipynb"}


def test_an_exercise_is_found_by_its_name_from_above_and_from_beside(handed_out, monkeypatch):
    monkeypatch.chdir(handed_out)
    assert find_target("relu").exercise.slug == "relu"
    monkeypatch.chdir(handed_out / "exercises/output_size")
    assert find_target("relu").exercise.slug == "relu"


def test_a_file_elsewhere_is_told_by_its_name_or_by_the_option(handed_out, tmp_path, monkeypatch):
    monkeypatch.chdir(handed_out)
    (tmp_path / "relu.py").write_text(RIGHT)
    (tmp_path / "mine.py").write_text(RIGHT)
    assert find_exercise(tmp_path / "relu.py").slug == "relu"
    assert find_exercise(tmp_path / "mine.py", "relu").slug == "relu"
    with pytest.raises(UsageError, match="--exercise"):
        find_exercise(tmp_path / "mine.py")


def test_a_name_that_is_nothing_is_answered_with_what_there_is(handed_out, monkeypatch):
    monkeypatch.chdir(handed_out)
    with pytest.raises(UsageError, match="there are output_size, relu"):
        find_target("rellu")


def test_a_gradient_is_told_from_a_result():
    value = Described(text="a tensor")
    wrong = Mismatch(facet=Facet.VALUE, sentence="", call="", expected=value, got=value)
    assert [name for name, _ in sides(wrong)] == ["expected", "got"]
    gradient = replace(wrong, facet=Facet.GRADIENT, got=None)
    assert sides(gradient) == (("gradient expected", value),)


def test_a_changed_signature_is_noticed_in_the_folder_that_was_handed_out(handed_out, own_machine):
    file = handed_out / "exercises" / "output_size" / "output_size.py"
    file.write_text("def same_padding(kernel_size, dilations=1):\n    return (0, 0)\n")
    result = check_target(find_target(file), own_machine)
    problem = next(p for p in result.problems if "its signature is" in p.title)
    assert "`same_padding(kernel_size, dilation=…)`" in problem.title
