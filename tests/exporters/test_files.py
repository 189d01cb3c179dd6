"""What other systems get: golden files, round trips, guarded cells, nothing lowered unasked."""

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from pathlib import Path

import junitparser
import pytest
import xmlschema

from grader.errors import UsageError
from grader.exporters import (
    canvas_csv,
    changes,
    gradescope_json,
    junit_xml,
    moodle_csv,
    plain_csv,
    read_gradescope,
    read_plain,
    refuse_lower,
)
from grader.exporters.marks import guarded
from grader.model import Verdict

MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Feedback comments\n"
    "Participant 1234,A. Lovelace,other@x.org,Submitted,3.00,4.00,\n"
    'Participant 1300,Cleo,cleo@x.org,Submitted,,4.00,"a, b"\n'
    "Participant 1301,Zoe,zoe@x.org,No submission,1.00,4.00,\n"
)
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Week 1 (77),Other (78)\n"
    "    Points Possible,,,,,4,10\n"
    '"Lovelace, Ada",55,x1,ada,S1,,9\n'
    '"Zoe",56,x2,zoe,S1,2,8\n'
)


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_our_csv(marks, golden):
    golden(plain_csv(marks), "marks.csv")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "  @"])
def test_no_cell_of_text_begins_like_a_formula(start):
    assert guarded(f"{start}1+1").startswith("'")


@pytest.mark.parametrize("cell", ["Ada", "a=b", "1", ""])
def test_ordinary_cells_stay(cell):
    assert guarded(cell) == cell


def test_our_csv_comes_back_as_it_was(marks):
    before = read_plain(plain_csv(marks))
    assert before["ada"] == Fraction(7, 2)
    assert before[marks[1].student] == Fraction("0.6667")
    assert changes(marks, before) == ()


def test_a_file_that_is_no_export_is_not_taken_for_one():
    with pytest.raises(UsageError, match="no export of marks"):
        read_plain("a,b\n1,2\n")


def test_a_lower_mark_is_refused_with_names(marks):
    found = changes(marks, {"ada": Fraction(4)})
    with pytest.raises(UsageError, match=r"ada \(4 to 3.5\); nothing was written"):
        refuse_lower(found)


def test_a_mark_that_would_go_is_a_lower_one_and_a_new_one_is_not(marks):
    found = changes(marks, {"ada": Fraction(7, 2), "cleo": Fraction(1), "gone": Fraction(2)})
    assert [str(one) for one in found if one.is_lower] == [
        "cleo (1 to no mark)",
        "gone (2 to no mark)",
    ]
    assert [one.student for one in found if not one.is_lower] == [marks[1].student]


@pytest.mark.parametrize("broken", ["ada", "ada,A,a@x.org,x,4,1,,0", ""])
def test_a_broken_row_of_our_csv_is_refused(marks, broken):
    head = plain_csv(marks).splitlines()[0] if broken else ""
    with pytest.raises(UsageError, match="no export of marks"):
        read_plain(f"{head}\n{broken}\n")


def test_moodle_gets_its_worksheet_back_with_grades(marks, golden):
    filled = moodle_csv(marks, MOODLE, assignment="week1")
    golden(filled.text, "moodle.csv")
    assert [(c.student, c.before, c.after) for c in filled.changes] == [("ada", 3, Fraction(7, 2))]
    assert filled.missing == (marks[1].student,)
    assert [row[:4] for row in rows(filled.text)] == [row[:4] for row in rows(MOODLE)]


def test_a_second_filling_changes_nothing(marks):
    first = moodle_csv(marks, MOODLE, assignment="week1")
    assert moodle_csv(marks, first.text, assignment="week1").changes == ()


def test_moodle_s_worksheet_is_found_by_mail_and_name_too(marks):
    by_mail = replace(marks[0], external={}, email="OTHER@x.org")
    by_name = replace(marks[0], external={}, email="", name="A. Lovelace")
    for mark in (by_mail, by_name):
        assert moodle_csv([mark], MOODLE, assignment="week1").missing == ()


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("", "empty"),
        ("a,b\n", "no column `Identifier`"),
        (MOODLE.replace("4.00", "3.00"), "above the template's maximum of 3"),
    ],
)
def test_a_worksheet_that_does_not_fit_is_refused(marks, template, said):
    with pytest.raises(UsageError, match=said):
        moodle_csv(marks, template, assignment="week1")


def test_a_mark_that_is_lower_than_in_the_template_is_one_to_refuse(marks):
    template = MOODLE.replace("3.00", "3.90")
    filled = moodle_csv(marks, template, assignment="week1")
    with pytest.raises(UsageError, match=r"1 mark would be lower than now: ada \(3\.9 to 3\.5\)"):
        refuse_lower(filled.changes)


def test_canvas_gets_one_column(marks, golden):
    filled = canvas_csv(marks, CANVAS, column="Week 1")
    golden(filled.text, "canvas.csv")
    assert [row[6] for row in rows(filled.text)] == [row[6] for row in rows(CANVAS)]


@pytest.mark.parametrize(
    ("template", "column", "said"),
    [
        (CANVAS, "Week 2", "no column `Week 2`; name one with --column: .*`Week 1 \\(77\\)`"),
        ("a,b\n", "Week 1", "no gradebook of Canvas"),
    ],
)
def test_a_canvas_file_that_does_not_fit_is_refused(marks, template, column, said):
    with pytest.raises(UsageError, match=said):
        canvas_csv(marks, template, column=column)


@pytest.mark.parametrize("column", ["Section", "SIS Login ID"])
def test_a_column_of_canvas_that_says_who_somebody_is_is_never_filled(marks, column):
    with pytest.raises(UsageError, match="is no column for marks"):
        canvas_csv(marks, CANVAS, column=column)


def test_a_column_that_canvas_computes_is_never_filled(marks):
    template = CANVAS.replace(",4,10", ",(read only),10")
    with pytest.raises(UsageError, match="is no column for marks"):
        canvas_csv(marks, template, column="Week 1")


POSTING = ",,,,,Manual Posting,\n    Points Possible"


def test_the_maximum_of_canvas_is_found_below_the_row_of_posting(marks):
    template = CANVAS.replace("    Points Possible", POSTING)
    filled = canvas_csv(marks, template, column="Week 1")
    assert rows(filled.text)[1] == rows(template)[1]
    with pytest.raises(UsageError, match="is no column for marks"):
        canvas_csv(marks, template.replace(",4,10", ",(read only),10"), column="Week 1")
    with pytest.raises(UsageError, match="above the template's maximum of 3"):
        canvas_csv(marks, template.replace(",4,10", ",3,10"), column="Week 1")


def test_who_is_excused_in_canvas_stays_so_and_is_named(marks):
    template = CANVAS.replace("ada,S1,,9", "ada,S1,EX,9")
    filled = canvas_csv(marks, template, column="Week 1")
    assert filled.kept == ("ada (EX)",)
    assert rows(filled.text)[2][5] == "EX"
    assert "ada" not in {change.student for change in filled.changes} | {*filled.missing}


def test_canvas_files_parted_by_semicolons_stay_so(marks):
    part = csv.reader(io.StringIO(CANVAS))
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(part)
    filled = canvas_csv(marks, text.getvalue(), column="Week 1")
    again = list(csv.reader(io.StringIO(filled.text), delimiter=";"))
    assert again == rows(canvas_csv(marks, CANVAS, column="Week 1").text)


def test_canvas_tells_a_student_s_id_from_the_canvas_id_of_another(marks):
    ada = replace(marks[0], external={"canvas_id": "55"}, email="")
    other = replace(marks[0], student="55", external={}, email="", points=Fraction(1))
    filled = canvas_csv([other, ada], CANVAS, column="Week 1")
    assert rows(filled.text)[2][5] == "3.5"
    assert filled.missing == ("55",)


def test_a_mark_above_the_points_of_canvas_is_refused(marks):
    with pytest.raises(UsageError, match=r"3\.5 is above the template's maximum of 3"):
        canvas_csv(marks, CANVAS.replace(",4,10", ",3,10"), column="Week 1")


def test_two_students_of_one_name_are_not_found_by_it(marks):
    both = [replace(marks[0], student=s, external={}, email="", name="Zoe") for s in ("a", "b")]
    filled = moodle_csv(both, MOODLE, assignment="week1")
    assert filled.changes == ()
    assert filled.missing == ("a", "b")


def test_two_rows_that_fit_one_student_are_refused(marks):
    ada = replace(marks[0], name="Cleo")
    with pytest.raises(UsageError, match="two rows of the template are `ada`'s"):
        moodle_csv([ada], MOODLE, assignment="week1")


@pytest.mark.parametrize("fill", ["canvas", "moodle"])
def test_every_cell_that_is_ours_is_a_number_and_no_other_cell_is_touched(marks, fill):
    """No name of a student goes into a template, so none can be a formula there."""
    evil = '=HYPERLINK("x")'
    named = [replace(mark, name=evil, email=mark.email and evil) for mark in marks]
    template = CANVAS if fill == "canvas" else MOODLE
    filled = (
        canvas_csv(named, template, column="Week 1")
        if fill == "canvas"
        else moodle_csv(named, template, assignment="week1")
    )
    cells = zip(chain(*rows(template)), chain(*rows(filled.text)), strict=True)
    ours = [after for before, after in cells if before != after]
    assert ours == ["3.5"]
    assert evil not in filled.text


def test_gradescope_s_results(attempt, golden):
    text = gradescope_json(attempt)
    golden(text, "gradescope.json")
    tests = json.loads(text)["tests"]
    assert sum(test["score"] for test in tests) == json.loads(text)["score"]


def test_a_void_attempt_has_no_score(attempt):
    (exercise,) = attempt.exercises
    (function,) = exercise.functions
    function = replace(function, verdict=Verdict.INTERNAL)
    void = replace(attempt, exercises=(replace(exercise, functions=(function,)),))
    assert "score" not in json.loads(gradescope_json(void))


def test_junit_xml(attempt, golden):
    golden(junit_xml([attempt]), "junit.xml")


@pytest.fixture(scope="module")
def junit_schema():
    return xmlschema.XMLSchema(str(Path(__file__).with_name("windyroad") / "JUnit.xsd"))


def test_junit_xml_is_valid_and_read_by_others(attempt, tmp_path, junit_schema):
    path = tmp_path / "junit.xml"
    path.write_text(junit_xml([attempt, attempt]), encoding="utf-8")
    junit_schema.validate(str(path))
    (first, _) = junitparser.JUnitXml.fromfile(str(path))
    assert (first.tests, first.failures, first.errors, first.skipped) == (4, 1, 1, 1)


@pytest.mark.parametrize("name", [" ", "a\nb", "\x00", "]]>&<", "\ud800"])
def test_junit_xml_is_valid_whatever_a_submission_is_called(attempt, name, junit_schema):
    named = replace(attempt, submission=replace(attempt.submission, name=name))
    junit_schema.validate(junit_xml([named]))


def test_junit_xml_without_a_submission_is_valid(junit_schema):
    junit_schema.validate(junit_xml([]))


def test_junit_xml_says_when_a_result_was_graded_where_that_is_known(attempt):
    text = junit_xml([attempt], {attempt.reference: "2026-11-22T17:10:48Z"})
    assert 'timestamp="2026-11-22T17:10:48"' in text
    assert 'timestamp="1970-01-01T00:00:00"' in junit_xml([attempt])


def test_gradescope_gets_the_mark_of_a_person_and_reads_why_the_tests_add_up_to_another(attempt):
    found = json.loads(gradescope_json(attempt, Fraction(7, 2)))
    assert found["score"] == 3.5
    assert "The tests earned 2 points; the mark is 3.5." in found["output"]


def test_a_gradescope_score_comes_back_as_it_was(attempt):
    assert read_gradescope(gradescope_json(attempt, Fraction(1, 4))) == Fraction(1, 4)
    third = read_gradescope(gradescope_json(attempt, Fraction(1, 3)))
    assert third == Fraction("0.3333")  # as in our CSV: no change is seen where there is none
    assert read_gradescope("{}") is None


@pytest.mark.parametrize("text", ["", "[]", "no", '{"score": "3"}', '{"score": true}'])
def test_a_file_that_is_no_results_json_is_not_taken_for_one(text):
    with pytest.raises(UsageError, match=r"no results\.json"):
        read_gradescope(text)
