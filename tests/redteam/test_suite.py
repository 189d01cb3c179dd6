"""The whole attack suite against the grader as it is here, one test an attack."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.redteam import attacks

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]

SECONDS = 900
NOT_EVERYWHERE = {
    "no GPU",
    "root can read every file",
    "only root can prepare it",
    "needs a trace of calls at run time",
    "needs the checks of honest training",
    "nbclient is not installed",
}


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory):
    """What one run of `grader redteam` says, as a user would start it."""
    if shutil.which("bwrap") is None:
        pytest.skip("bubblewrap is not installed")
    command = [Path(sys.executable).with_name("grader"), "redteam", "--output-format", "json"]
    done = subprocess.run(
        command,
        cwd=tmp_path_factory.mktemp("elsewhere"),
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows, done.stderr[-2000:]
    assert done.returncode == any(row["problems"] for row in rows)
    return {(row["attack"], row["form"]): row for row in rows}


@pytest.mark.parametrize(
    ("attack", "form"),
    [
        pytest.param(attack, form, id=f"{attack.id}-{form}")
        for attack in attacks()
        for form in (attack.forms if not attack.needs else ("module",))
    ],
)
def test_the_attack_is_held(outcomes, attack, form):
    row = outcomes[attack.id, form]
    assert row["problems"] == []
    assert row["verdict"] == "held" or row["skipped"] in NOT_EVERYWHERE


def test_nothing_else_was_run(outcomes):
    assert {attack for attack, _ in outcomes} == {attack.id for attack in attacks()}
