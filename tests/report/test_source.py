from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import CellStatus, Source
from grader.report.source import SourceIndex, distinct, files, view


def lines(text: str) -> list[str]:
    return ["".join(part for _, part in line.tokens) for line in shown(text).lines]


def shown(text: str, marks=None, limit: int = 10_000, **members):
    return view(1, Source(path="a.py", text=text, **members), marks or {}, limit)


@given(st.text(alphabet="ab1_ #'\"\\\n()=rf", max_size=80))
def test_colouring_keeps_every_character_in_its_line(text):
    stripped = text.rstrip("\n")
    assert lines(text) == (stripped.split("\n") if stripped else [])


def test_keywords_strings_numbers_and_comments_are_coloured():
    tokens = shown('def f(is_in): return "x" + 12  # why').lines[0].tokens
    coloured = [(tone, text) for tone, text in tokens if tone]
    assert coloured == [("k", "def"), ("k", "return"), ("s", '"x"'), ("n", "12"), ("c", "# why")]


def test_a_string_over_several_lines_is_coloured_in_each():
    found = shown('"""one\n\ntwo""" + x')
    assert [line.tokens for line in found.lines] == [
        (("s", '"""one'),),
        (),
        (("s", 'two"""'), ("", " + x")),
    ]


@pytest.mark.parametrize(
    "bait", ['"""' + "\\", '"' * 50_001, "'''" + '"""' * 9_000 + "\\", "\\" * 50_000]
)
def test_colouring_takes_linear_time(bait):
    start = time.process_time()
    shown(bait + "a" * 50_000, limit=200_000)
    assert time.process_time() - start < 1


def test_cells_that_stopped_or_did_not_run_are_marked():
    assert shown("x", cell=1).badge is None
    assert shown("x", cell=1, status=CellStatus.OK).badge is None
    words = {s: shown("x", cell=1, status=s).badge.word for s in CellStatus if s != CellStatus.OK}
    assert words == {
        CellStatus.ERROR: "Stopped with an error",
        CellStatus.TIMEOUT: "Stopped: it took too long",
        CellStatus.INTERRUPTED: "The notebook ended here",
        CellStatus.SKIPPED: "Not run: tagged so",
        CellStatus.UNREACHED: "Not run",
    }


def test_line_ends_of_all_kinds_count_once():
    assert lines("a\r\nb\rc\n") == ["a", "b", "c"]


def test_a_long_file_is_cut_and_says_so():
    found = shown("a\n" * 100, limit=20)
    assert len(found.lines) == 11
    assert found.cut


def test_marked_lines_link_back_to_their_failures():
    found = shown("a\nb", marks={"#s1-2": [("#t", "title")]})
    assert found.lines[1].links == (("#t", "title"),)
    assert found.marked == 1


def test_a_place_links_only_to_a_line_that_the_page_shows():
    index = SourceIndex(
        [Source(path="a.py", text="x\ny"), Source(path="n.ipynb", cell=2, text="z")]
    )
    assert index.where("a.py", None, 2).href == "#s1-2"
    assert index.where("a.py", None, 3).href == ""
    assert index.where("b.py", None, 1).href == ""
    assert index.where("n.ipynb", 2, 1).text == "n.ipynb, cell 2, line 1"
    assert index.where("n.ipynb", 2, 1).href == "#s2-1"
    assert index.where("", None, 1) is None


def test_the_same_file_of_two_exercises_is_shown_once():
    one = Source(path="a.py", text="x")
    assert distinct([[one], [one]]) == (one,)


def test_equal_cells_of_a_notebook_are_all_shown():
    rule = Source(path="n.ipynb", text="---", kind="markdown")
    assert distinct([[rule, rule], [rule, rule]]) == (rule, rule)


def test_empty_texts_between_cells_are_left_out():
    assert distinct([[Source(path="n.ipynb", text=" \n", kind="markdown")]]) == ()


def test_a_line_is_never_looked_for_in_a_text():
    index = SourceIndex([Source(path="n.ipynb", text="x", kind="markdown")])
    assert index.where("n.ipynb", None, 1).href == ""


def test_cells_stand_in_their_notebook():
    sources = [
        Source(path="n.ipynb", text="# Week 1", kind="markdown"),
        Source(path="n.ipynb", text="x = 1", cell=1),
        Source(path="a.py", text="y = 1"),
    ]
    marks = {"#s2-1": [("#t", "title")]}
    parts = [(one, view(number, one, marks, 100)) for number, one in enumerate(sources, 1)]
    book, module = files(parts)
    assert (book.name, book.is_notebook, book.marked) == ("n.ipynb", True, "1 line is marked")
    assert [part.name for part in book.parts] == ["", "Cell 1"]
    assert (module.is_notebook, module.marked) == (False, "")


def test_a_text_that_is_not_rendered_is_shown_as_source():
    found = view(1, Source(path="n.ipynb", text="[" * 3000, kind="markdown"), {}, 10_000)
    assert found.markdown is None
    assert found.lines[0].tokens == (("", "[" * 3000),)


def test_an_output_counts_towards_the_room_of_its_page():
    found = view(1, Source(path="n.ipynb", text="x", cell=1, output="o" * 100), {}, 10)
    assert found.output.startswith("o" * 10)
    assert "o" * 11 not in found.output
