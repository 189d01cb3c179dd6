"""What `grader redteam` prints of a run, and how it exits; the run itself is in tests/redteam."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from grader.cli.redteam import command
from grader.redteam import Outcome, attacks

HELD, BROKEN, *_ = attacks("odd_values")
(NO_GPU,) = attacks("hurt_leftovers/gpu")


@pytest.fixture
def started(monkeypatch):
    """Run the command on outcomes; (exit code, standard output)."""

    def start(outcomes, *options):
        monkeypatch.setattr("grader.redteam.run", lambda only, **more: outcomes)
        result = CliRunner().invoke(command, options, standalone_mode=False)
        return result.return_value, result.stdout

    return start


def test_a_run_in_which_all_was_held_exits_with_0(started):
    outcomes = [
        Outcome(attack=HELD, form="module"),
        Outcome(attack=NO_GPU, form="module", skipped="no GPU"),
    ]
    code, text = started(outcomes)
    assert code == 0
    assert text.splitlines()[-1] == "2 attacks, 0 succeeded, 1 skipped (no GPU)"


def test_an_attack_that_succeeded_is_told_in_full_and_exits_with_1(started):
    outcomes = [Outcome(attack=BROKEN, form="notebook", problems=("it saw \x1b[2Jthe\ntests",))]
    code, text = started(outcomes)
    assert code == 1
    assert f"{BROKEN.id} (notebook): it saw �[2Jthe�tests" in text
    assert text.splitlines()[-1] == "1 attacks, 1 succeeded, 0 skipped"


def test_json_is_one_object_a_line(started):
    code, text = started([Outcome(attack=HELD, form="module")], "--output-format", "json")
    assert code == 0
    assert json.loads(text) == {
        "attack": HELD.id,
        "form": "module",
        "verdict": "held",
        "problems": [],
        "skipped": "",
    }


def test_a_pattern_that_fits_nothing_is_a_mistake_of_the_user(started):
    assert started([], "--only", "nothing")[0] == 2
