"""What `grader doctor` prints: every finding as it stands, and how to mend what is missing."""

from click.testing import CliRunner

from grader import doctor
from grader.cli.doctor import command
from grader.doctor import Finding

REMEDY = "install it with `pip install 'cnn-grader[instructor]'`"


def doctor_says(monkeypatch, *findings):
    monkeypatch.setattr(doctor, "examine", lambda: findings)
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner().invoke(command, [], standalone_mode=False)


def test_brackets_of_a_remedy_stay(monkeypatch):
    finding = Finding(name="filter", ok=False, detail="[red]none[/red]", remedy=REMEDY)
    done = doctor_says(monkeypatch, finding)
    assert REMEDY in done.stdout
    assert "[red]none[/red]" in done.stdout
    assert done.return_value == 3


def test_a_remedy_is_shown_only_where_something_is_missing(monkeypatch):
    done = doctor_says(monkeypatch, Finding(name="torch", ok=True, detail="2.9", remedy=REMEDY))
    assert done.stdout.split() == ["ok", "torch", "2.9"]
    assert done.return_value == 0
