"""How far a class has come, as a log reads it."""

from types import SimpleNamespace

import pytest

from grader.cli.progress import class_progress


def heard(progress, *verdicts):
    functions = [SimpleNamespace(verdict=verdict) for verdict in verdicts]
    progress.listen("ada", SimpleNamespace(functions=functions))


def test_the_last_line_counts_submissions_and_verdicts(capsys):
    with class_progress(2) as progress:
        heard(progress, "PASSED", "FAILED")
        heard(progress, "PASSED")
    said = capsys.readouterr().err
    assert said.startswith("2 of 2 · ")
    assert said.endswith("0 s left · PASSED 2, FAILED 1\n")


def test_without_a_verdict_nothing_dangles(capsys):
    with class_progress(1) as progress:
        progress.listen("ada", None)
    assert capsys.readouterr().err.endswith("0 s left\n")


def test_after_ctrl_c_it_says_how_many_are_stored_and_how_to_go_on(capsys):
    def interrupted():
        with class_progress(3) as progress:
            heard(progress, "PASSED")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    said = capsys.readouterr().err
    assert "1 of 3 are finished and stored; the same command goes on from there" in said
