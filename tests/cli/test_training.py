"""What a command says about the images that networks are trained on."""

import pytest
from click.testing import CliRunner

from grader.catalog import load_exercise
from grader.cli.grade import command
from grader.cli.training import tell_of_subset


@pytest.fixture
def mnist(root):
    return load_exercise(root / "exercises/mnist", root / "solutions/mnist")


@pytest.fixture
def without_data(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADER_DATA", str(tmp_path / "empty"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_training_on_few_images_is_told_once_with_the_remedy(mnist, without_data, capsys):
    tell_of_subset([mnist])
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "MNIST is not on this machine" in told.err
    assert "`grader data mnist`" in told.err


@pytest.mark.parametrize("data", ["subset", "full"])
def test_what_was_asked_for_is_not_told(mnist, without_data, capsys, data):
    tell_of_subset([mnist], data)
    assert capsys.readouterr().err == ""


def test_exercises_without_training_are_not_told_of(root, without_data, capsys):
    relu = load_exercise(root / "exercises/relu", root / "solutions/relu")
    tell_of_subset([relu])
    assert capsys.readouterr().err == ""


def test_the_fetched_data_set_is_not_told_of(mnist, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("grader.data.find_cached", lambda data: tmp_path)
    tell_of_subset([mnist])
    assert capsys.readouterr().err == ""


@pytest.mark.sandbox
def test_grading_a_submission_says_it(root, without_data, tmp_path):
    stub = str(root / "exercises/mnist/mnist.py")
    options = ["--course", str(root), "--out", str(tmp_path / "out"), "--exit-zero"]
    done = CliRunner().invoke(command, [stub, *options])
    assert done.stderr.count("MNIST is not on this machine") == 1, done.output
