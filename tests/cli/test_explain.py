"""`grader explain` prints what docs/messages.md says, and an error names what to explain."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader.cli.explain import command
from grader.errors import GraderError, UsageError
from grader.model import FunctionState, Verdict


def explain(*arguments):
    result = CliRunner().invoke(command, arguments, standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.stdout


def every_slug(base=GraderError):
    return {base.slug}.union(*map(every_slug, base.__subclasses__()))


WORDS = {str(word) for word in (*Verdict, *FunctionState)}


@pytest.mark.parametrize("slug", sorted(every_slug() | WORDS))
def test_every_slug_verdict_and_state_is_explained(slug):
    text = explain(slug)
    assert text.startswith(f"{slug}\n\n")
    assert len(text.split()) > 15
    assert "*" not in text.replace("**", "")


def test_without_a_word_all_are_listed_with_who_acts():
    lines = explain().splitlines()
    assert {line.split()[0] for line in lines} == every_slug() | WORDS
    assert all(len(line.split()) > 1 for line in lines)


@pytest.mark.parametrize("typed", ["timeout", "Timeout", "[TIMEOUT]"])
def test_a_word_is_understood_however_it_is_written(typed):
    assert explain(typed).startswith("TIMEOUT\n\n")


def test_a_word_that_is_none_gets_the_nearest():
    with pytest.raises(UsageError, match="did you mean `sandbox`"):
        explain("sandbx")


def test_an_error_ends_with_the_word_to_explain(tmp_path):
    done = subprocess.run(
        [Path(sys.executable).with_name("grader"), "grade", "x", "--course", tmp_path],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    word = done.stderr.split()[-1]
    assert word == "[course]"
    assert "exercise.toml" in explain(word)
