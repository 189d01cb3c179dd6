"""No text of a result keeps it from being written or shown."""

from __future__ import annotations

import pytest

from grader.model import Note, Source, SubmissionInfo
from grader.pipeline.presentable import presentable


@pytest.mark.parametrize("bad", ["\ud800", "\x00", "\x1b", "\x9b", "\u202e", "\u2066", "\r"])
def test_a_character_that_cannot_be_shown_is_replaced(bad):
    note = presentable(Note(text=f"a{bad}b"))
    assert note.text == "a\ufffdb"
    note.text.encode()


def test_members_of_members_are_looked_at_too():
    info = presentable(SubmissionInfo(name="a", sha256="b", files=("good.py", "b\udce4d.py")))
    assert info.files == ("good.py", "b\ufffdd.py")


def test_a_result_that_needs_no_change_stays_the_same_object():
    source = Source(path="ä.py", text="x = 1\n\ty = 'é 漢 🙂'\n")
    assert presentable(source) is source


def test_a_text_beyond_all_measure_is_cut():
    assert len(presentable(Note(text="x" * (1 << 20))).text) <= (128 << 10) + 1
