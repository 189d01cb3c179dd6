"""What is stored of an attempt: what students may see of it, and what staff may."""

from __future__ import annotations

import datetime
import errno
import os

import pytest

from grader.batch.store import places_of, store_attempt, write_file
from grader.config import AssignmentFile
from grader.errors import OutputError
from grader.gradebook.late import Deadline
from grader.model import Show
from tests.report import attempts

NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def files_for_students(tmp_path, show):
    """The text of every file in the folder of pages."""
    attempt = attempts.trained()
    places = places_of(attempt, tmp_path / "out", tmp_path / "private")
    store_attempt(attempt, b"", places, show)
    found = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {path.name for path in found} == {"index.html", "results.json"}
    return {path.name: path.read_text(encoding="utf-8") for path in found}


def shown(due):
    settings = AssignmentFile(exercises=("mnist",), due=due)
    is_over = Deadline(settings=settings).has_passed(NOW)
    return settings.show_after if is_over else settings.show_before


@pytest.mark.parametrize("due", [NOW + DAY, None], ids=["not yet due", "never due"])
def test_before_the_assignment_is_due_no_file_for_students_holds_a_held_out_image(tmp_path, due):
    files = files_for_students(tmp_path, shown(due))
    (mistake, *_) = attempts.trained().exercises[0].training.mistakes
    assert "Most confident mistakes" not in files["index.html"]
    assert mistake.pixels not in files["results.json"]


def test_once_it_is_due_both_files_hold_them_and_flags_stay_with_staff(tmp_path):
    files = files_for_students(tmp_path, shown(NOW - DAY))
    (mistake, *_) = attempts.trained().exercises[0].training.mistakes
    assert "Most confident mistakes" in files["index.html"]
    assert mistake.pixels in files["results.json"]
    for text in files.values():
        assert "Its buffers hold" not in text


@pytest.mark.parametrize("show", [Show.HINT, Show.VERDICT, Show.HIDDEN])
def test_an_assignment_that_shows_less_never_reveals_them(tmp_path, show):
    assert "Most confident mistakes" not in files_for_students(tmp_path, show)["index.html"]


def test_a_disk_that_became_read_only_is_named(tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(OutputError, match=r"page\.html: cannot be written \(Read-only file sys"):
        write_file(tmp_path / "page.html", b"", 0o644)
