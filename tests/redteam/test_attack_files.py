"""Each attack says of itself what it tries and what must come of it; the documentation has all."""

from __future__ import annotations

import re

import pytest

from grader.errors import InternalError
from grader.model import Verdict
from grader.redteam.attack import ROOT, attacks, read_attack

ALL = list(attacks())
FUNCTIONS = {"open_vault", "double", "mean_of", "repeat", "relu"}
COMPLETE = '"""Tries."""\n\n# /// attack\n# {}\n# ///\n\nx = 1\n'


def test_there_are_about_as_many_as_there_are_mechanisms():
    assert len(ALL) > 250
    assert len({attack.row for attack in ALL}) > 30


@pytest.mark.parametrize("attack", ALL, ids=lambda attack: attack.id)
def test_it_says_what_must_come_of_it(attack):
    assert attack.title.endswith(".")
    assert set(attack.verdicts) <= FUNCTIONS
    if attack.kind == "planted":
        assert attack.plant
    elif not attack.needs:
        assert attack.verdicts or attack.refused


@pytest.mark.parametrize("attack", ALL, ids=lambda attack: attack.id)
def test_nothing_that_only_theft_or_forgery_answers_may_give_points(attack):
    """Points come from functions that are right; door numbers cannot be."""
    assert Verdict.PASSED not in attack.verdicts.get("open_vault", ())
    assert attack.points <= 8


def test_the_list_in_the_documentation_is_the_list_of_the_files(root):
    text = (root / "docs/security.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \|(.*)\|$", text, re.MULTILINE))
    assert set(rows) == {attack.row for attack in ALL}
    for row, line in rows.items():
        names = {attack.name for attack in ALL if attack.row == row}
        assert set(re.findall(r"`(\w+)`", line.rsplit("|", 1)[-1])) == names, row


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = 1\n", "a docstring and an"),
        ('"""Tries."""\n', "a docstring and an"),
        (COMPLETE.format("verdict = 1"), "unknown settings: verdict"),
        (COMPLETE.format('verdicts = { double = "WON" }'), "WON"),
        (COMPLETE.format("points = "), "Invalid value"),
    ],
)
def test_a_file_that_does_not_is_named(tmp_path, text, problem):
    path = tmp_path / "attack.py"
    path.write_text(text)
    with pytest.raises(InternalError, match=problem):
        read_attack(path)


def test_patterns_choose_rows_and_names():
    assert {attack.row for attack in attacks("read_*")} == {
        path.name for path in ROOT.glob("read_*")
    }
    assert [attack.id for attack in attacks("*/fork_bomb")] == ["hurt_processes/fork_bomb"]
    assert list(attacks("nothing")) == []
