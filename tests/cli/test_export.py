"""Marks for other systems: what is there is compared first, and nothing is lowered unasked."""

import csv
import json
import shutil
import stat
from fractions import Fraction

import pytest
import xmlschema

pytestmark = pytest.mark.sandbox

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,only (77)\n"
    "    Points Possible,,,,,8\n"
    '"=HYPERLINK(""x"")",55,x1,ada,S1,\n'
    "Ben,56,x2,,S1,1\n"
)
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade\n"
    "Participant 1,Ada Lovelace,ada@x.org,Submitted,3.00,8.00\n"
)


@pytest.fixture
def template(classroom):
    def write(text):
        path = classroom / "template.csv"
        path.write_text(text)
        return path

    return write


def points(path):
    with path.open(encoding="utf-8") as file:
        return {row["student"]: row["points"] for row in csv.DictReader(file)}


def test_a_csv_is_written_for_its_owner_only_and_says_so(run, classroom):
    done = run("export", "csv", "marks.csv")
    path = classroom / "course/marks.csv"
    assert (done.code, done.out) == (0, "written: marks.csv\n")
    assert points(path)["ada"] == "4"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_dash_is_the_standard_output_and_nothing_else_goes_there(run, classroom, template):
    (classroom / "course/-").write_text("some file")
    written = run("export", "csv", "marks.csv")
    done = run("export", "csv", "-")
    assert (written.code, done.code, done.err) == (0, 0, "")
    assert done.out == (classroom / "course/marks.csv").read_text()
    moodle = run("export", "moodle", "-", "--template", template(MOODLE))
    assert moodle.out.startswith("Identifier,")
    assert "ada: 3 → 4" in moodle.err
    assert (classroom / "course/-").read_text() == "some file"
    assert "name one in place of -" in run("export", "gradescope", "-").err


@pytest.mark.parametrize("form", ["csv", "junit", "gradescope"])
def test_no_folder_is_made_for_a_path_that_is_wrong(run, classroom, form):
    done = run("export", form, "no/such/place")
    assert done.code == 2
    assert "there is no folder no/such" in done.err
    assert not (classroom / "course/no").exists()


def test_over_marks_that_are_there_the_difference_is_told_and_none_is_lowered(run, classroom):
    path = classroom / "course/marks.csv"
    run("export", "csv", path)
    run("gradebook", "override", "ada", "1", "--reason", "x")
    run("gradebook", "override", "ben", "2", "--reason", "x")
    dry = run("export", "csv", path, "--dry-run")
    assert dry.code == 0
    assert "ada: 4 → 1  lower: see --allow-lower\n" in dry.out
    assert "ben: 0 → 2\n" in dry.out
    refused = run("export", "csv", path)
    assert refused.code == 2
    assert "1 mark would be lower than now: ada (4 to 1); nothing was written" in refused.err
    assert points(path)["ada"] == "4"
    assert run("export", "csv", path, "--allow-lower").code == 0
    assert (points(path)["ada"], points(path)["ben"]) == ("1", "2")


def test_canvas_gets_its_file_back_with_marks_in_one_column(run, classroom, template):
    done = run("export", "canvas", "out.csv", "--template", template(CANVAS))
    assert done.code == 2  # Ben's 1 would become 0
    assert "ben (1 to 0)" in done.err
    done = run("export", "canvas", "out.csv", "--template", template(CANVAS.replace("S1,1", "S1,")))
    assert done.code == 0
    assert "1 student with a mark and without a row in" in done.err
    filled = (classroom / "course/out.csv").read_text()
    assert '"=HYPERLINK(""x"")",55,x1,ada,S1,4\n' in filled


def test_moodle_gets_its_worksheet_back(run, classroom, template):
    done = run("export", "moodle", "out.csv", "--template", template(MOODLE))
    assert "ada: 3 → 4" in done.out
    assert "Submitted,4,8.00" in (classroom / "course/out.csv").read_text()


def test_junit_is_valid_in_the_order_of_students_and_says_when(run, classroom, root):
    assert run("export", "junit", "out.xml").code == 0
    text = (classroom / "course/out.xml").read_text()
    schema = xmlschema.XMLSchema(str(root / "tests/exporters/windyroad/JUnit.xsd"))
    schema.validate(text)
    assert text.index("ada: halves") < text.index("ben: halves") < text.index("cleo: halves")
    assert "1970-" not in text
    assert "doubles" not in text  # the name of a misconception is for staff


def test_gradescope_gets_the_mark_of_each_student(run, classroom):
    run("gradebook", "override", "ben", "2", "--reason", "x")
    done = run("export", "gradescope", "out")
    assert "written: out: 3 results.json" in done.out
    folder = classroom / "course/out"
    scores = {p.parent.name: json.loads(p.read_text())["score"] for p in folder.rglob("*.json")}
    assert (scores["ada"], scores["ben"]) == (4, 2)
    run("gradebook", "override", "ben", "1", "--reason", "x")
    refused = run("export", "gradescope", "out")
    assert "ben (2 to 1)" in refused.err
    assert json.loads((folder / "ben/results.json").read_text())["score"] == 2


def test_whose_results_were_purged_is_named(run):
    shutil.rmtree("gradebook/results")
    for form in ("gradescope", "junit"):
        done = run("export", form, f"out-{form}")
        assert done.code == 0
        assert "3 students whose results were purged; left out: ada, ben, cleo" in done.err


@pytest.mark.parametrize("form", ["csv", "canvas", "moodle", "gradescope", "junit"])
def test_a_dry_run_writes_nothing(run, classroom, template, form):
    given = {"canvas": CANVAS, "moodle": MOODLE}
    extra = ("--template", template(given[form])) if form in given else ()
    done = run("export", form, "out", "--dry-run", *extra)
    assert (done.code, "nothing was written" in done.out) == (0, True)
    assert not (classroom / "course/out").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("csv", "exercises"), "it is a folder"),
        (("csv", "course.toml"), "no export of marks"),
        (("csv", "binary"), "cannot be read"),
        (("csv", "x.csv", "--staff"), "--staff is for gradescope and junit"),
        (("csv", "x.csv", "--column", "A"), "--column is for canvas"),
        (("csv", "x.csv", "--template", "course.toml"), "--template is for canvas and moodle"),
        (("canvas", "x.csv"), "give the file as downloaded"),
        (("canvas", "x.csv", "--template", "course.toml"), "no gradebook of Canvas"),
        (("moodle", "x.csv", "--template", "course.toml"), "no column `Identifier`"),
        (("moodle", "x.csv", "--template", "binary"), "binary: cannot be read"),
        (("moodle", "x.csv", "--template", "empty"), "empty: the template is empty"),
        (("moodle", "x.csv", "--template", "none"), "does not exist"),
        (("excel", "x.xls"), "'excel' is not one of"),
        (("csv", "x.csv", "--assignment", "two"), "`two`"),
    ],
)
def test_bad_input_is_one_sentence_and_no_file(run, classroom, arguments, said):
    course = classroom / "course"
    (course / "binary").write_bytes(b"\xff\x00")
    (course / "empty").touch()
    done = run("export", *arguments)
    assert done.code == 2
    assert said in done.err
    assert not list(course.glob("x.*"))


def test_a_file_of_something_else_is_not_filled(run, classroom, template):
    (classroom / "course/out.csv").write_text("a,b\n1,2\n")
    done = run("export", "moodle", "out.csv", "--template", template(MOODLE))
    assert done.code == 2
    assert "it is there and no copy of" in done.err


def test_a_results_json_of_something_else_is_not_overwritten(run, classroom):
    other = classroom / "course/out/ben/results.json"
    other.parent.mkdir(parents=True)
    other.write_text("[]")
    done = run("export", "gradescope", "out")
    assert done.code == 2
    assert "ben/results.json: the file that is there is no results.json" in done.err
    assert other.read_text() == "[]"


def test_points_are_decimal_numbers_of_four_places_at_most(run, classroom):
    run("gradebook", "override", "ben", "1/3", "--reason", "x")
    run("export", "csv", "marks.csv")
    written = points(classroom / "course/marks.csv")
    assert written["ben"] == "0.3333"
    assert all(Fraction(text) >= 0 for text in written.values())
