"""Students' questions about results: taken in once, listed, answered with or without points."""

import re

import pytest

pytestmark = pytest.mark.sandbox


@pytest.fixture
def reference(run):
    def of(student):
        return re.search(r"reference  (\w+)", run("gradebook", "show", student).out)[1]

    return of


@pytest.fixture
def taken_in(run, classroom, reference):
    """Import rows, below the usual head."""

    def take(*rows):
        path = classroom / "requests.csv"
        path.write_text("reference,student,text\n" + "".join(f"{row}\n" for row in rows))
        return run("requests", "import", path)

    return take


def test_a_request_is_taken_in_once_listed_and_answered(run, taken_in, reference):
    row = f'{reference("ben")},Ben Bit,"Why 0, please?"'
    assert "1 new, 0 known, 0 refused" in taken_in(row).out
    assert "0 new, 1 known, 0 refused" in taken_in(row).out
    assert "Why 0, please?" in run("requests", "list").out
    done = run("requests", "answer", "1", "You are right.", "--points", "3")
    assert "ben: answered, 3 points" in done.out
    assert run("requests", "list").out == ""
    assert "answered: You are right." in run("requests", "list", "--all").out
    assert "3 of 8 (by an override)" in run("gradebook", "show", "ben").out


@pytest.mark.parametrize("mark", [";", "\t"])
def test_requests_come_as_spreadsheets_of_any_country_write_them(run, classroom, reference, mark):
    path = classroom / "requests.csv"
    rows = (("Reference", "Student", "Text"), (reference("ben"), "ben", '"Why, please?\nReally?"'))
    path.write_text("".join(mark.join(row) + "\r\n" for row in rows), encoding="utf-8-sig")
    assert "1 new, 0 known, 0 refused" in run("requests", "import", path).out
    assert "Why, please?" in run("requests", "list").out


def test_a_text_that_would_be_cut_off_is_refused(run, taken_in, reference):
    done = taken_in(f"{reference('ben')},ben,Why 0, please?")
    assert done.code == 2
    assert "line 2: 4 cells, and the first line has 3; put quotes around" in done.err
    assert run("requests", "list").out == ""


def test_an_answer_without_points_leaves_the_mark(run, taken_in, reference):
    taken_in(f"{reference('ben')},ben,Why?")
    assert run("requests", "answer", "1", "The power is missing.").code == 0
    shown = run("gradebook", "show", "ben").out
    assert "points     0 of 8\n" in shown
    assert "answer: The power is missing." in shown


def test_bad_rows_are_named_by_line_and_the_good_ones_taken(taken_in, reference):
    ben = reference("ben")
    rows = ("ben,fine", "ada,not hers", "nobody,x", "ben,")
    done = taken_in(*(f"{ben},{row}" for row in rows), "zzz,ben,unknown", ben)
    assert done.code == 2
    assert "1 new, 0 known, 5 refused" in done.out
    for line, said in (
        (3, "no result of this student"),
        (4, "nobody called `nobody`"),
        (5, "a request needs a text"),
        (6, "no result of this student has the reference `zzz`"),
        (7, "nobody called ``"),
    ):
        assert re.search(rf"line {line}: .*{re.escape(said)}", done.err)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "its first line has none"),
        (b"a,b\n1,2\n", "it needs the columns reference, student, text; its first line has a, b"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_file_that_is_no_list_of_requests_is_refused(run, classroom, content, said):
    path = classroom / "requests.csv"
    path.write_bytes(content)
    done = run("requests", "import", path)
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("99", "x"), "there is no request 99"),
        (("1", " "), "an answer needs a text"),
        (("1", "x", "--points", "9"), "from 0 to 8"),
        (("1", "x", "--points", "many"), "a number such as"),
        (("one", "x"), "'one' is not a valid integer"),
    ],
)
def test_an_answer_that_cannot_be_leaves_the_request_open(
    run, taken_in, reference, arguments, said
):
    taken_in(f"{reference('ben')},ben,Why?")
    done = run("requests", "answer", *arguments)
    assert done.code == 2
    assert said in done.err
    assert "Why?" in run("requests", "list").out


def test_what_a_student_wrote_cannot_steer_the_terminal(run, taken_in, reference):
    taken_in(f"{reference('ben')},ben,\x1b[31mred")
    assert "\x1b" not in run("requests", "list").out
    assert "\x1b" not in run("gradebook", "show", "ben").out
