"""Whose file is whose, in every layout; nothing is opened but what names the students."""

import datetime
import zipfile

import pytest

from grader.batch.gradescope import moment
from grader.batch.layouts import discover
from grader.batch.reading import handed_in, read
from grader.batch.trees import open_tree
from grader.errors import SubmissionError, UsageError
from grader.loader import load_submission

METADATA = """---
submission_77:
  :submitters:
  - :name: Ada Lovelace
    :sid: '1815'
    :email: ada@x.org
  - :name: Ben
    :sid: '1816'
    :email: ben@x.org
  :created_at: 2026-03-01 22:10:11.123456789 Z
  :score: 10.0
  :history:
  - :id: 76
    :created_at: 2026-02-01 22:10:11.123456789 Z
submission_78:
  :submitters:
  - :name: Cleo
    :sid: ''
    :email: cleo@x.org
  :created_at: 2026-03-02 08:00:00 +0100
"""


def tree(folder, *names, texts=()):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dict(texts).get(name, "x = 1\n"))
    return open_tree(folder)


def found(folder_tree, layout="auto", pattern="", assignment="week1"):
    return {
        (h.claims[0].words[0], h.number): sorted(inside for _, inside in h.files)
        for h in discover(folder_tree, assignment, layout, pattern)
    }


def test_one_folder_file_or_archive_per_student(tmp_path):
    files = tree(tmp_path, "ada/relu.py", "ada/sub/pad.py", "ben.py", "cleo.zip", "README.txt")
    assert found(files) == {
        ("ada", None): ["relu.py", "sub/pad.py"],
        ("ben", None): ["ben.py"],
        ("cleo", None): ["cleo.zip"],
    }


def test_capitals_archives_of_other_kinds_and_empty_folders_are_somebody_s_too(tmp_path):
    for name in ("eva", "fay/.git", ".cache"):
        (tmp_path / name).mkdir(parents=True)
    files = tree(tmp_path, "ada.PY", "ben.RAR", "cleo.tar.gz", "dev.7z", "fay/.git/config", "a.txt")
    assert found(files) == {
        ("ada", None): ["ada.PY"],
        ("ben", None): ["ben.RAR"],
        ("cleo", None): ["cleo.tar.gz"],
        ("dev", None): ["dev.7z"],
        ("eva", None): [],
        ("fay", None): [],
    }


def test_an_empty_folder_in_a_bulk_zip_is_somebody_s(tmp_path):
    with zipfile.ZipFile(tmp_path / "bulk.ZIP", "w") as archive:
        archive.writestr("week1/ada/relu.py", "x = 1\n")
        archive.writestr("week1/ada/data/", "")
        archive.writestr("week1/ben/", "")
        archive.writestr("week1/__MACOSX/", "")
    files = open_tree(tmp_path / "bulk.ZIP")
    assert found(files) == {("ada", None): ["relu.py"], ("ben", None): []}
    ben = next(one for one in discover(files, "week1") if not one.files)
    assert handed_in(ben, "files") is None
    with pytest.raises(SubmissionError, match="week1/ben: nothing is in it"):
        read(ben, "ben")


def test_moodle_names_the_participant(tmp_path):
    files = tree(
        tmp_path,
        "Ada Lovelace_1234_assignsubmission_file_/relu.py",
        "Ben_1235_assignsubmission_file_pad.py",
    )
    assert found(files) == {("1234", None): ["relu.py"], ("1235", None): ["pad.py"]}
    (claim,) = discover(files, "week1")[0].claims
    assert (claim.name, claim.external) == ("Ada Lovelace", (("moodle_week1", "1234"),))


def test_canvas_tells_students_files_and_attempts_apart(tmp_path):
    files = tree(
        tmp_path,
        "lovelaceada_55_901_relu.py",
        "lovelaceada_55_902_pad.py",
        "lovelaceada_LATE_55_950_relu-1.py",
        "ben_56_903_relu.py",
    )
    assert found(files) == {
        ("55", 0): ["pad.py", "relu.py"],
        ("55", 1): ["relu.py"],
        ("56", 0): ["relu.py"],
    }


def test_gradescope_names_everybody_and_the_time(tmp_path):
    files = tree(
        tmp_path,
        "export/submission_metadata.yml",
        "export/submission_77/relu.py",
        "export/submission_78/relu.py",
        texts=[("export/submission_metadata.yml", METADATA)],
    )
    ada, cleo = discover(files, "week1")
    assert [claim.words[0] for claim in ada.claims] == ["1815", "1816"]
    assert handed_in(ada, "layout") == "2026-03-01T22:10:11Z"
    assert cleo.claims[0].words == ("cleo@x.org", "Cleo")
    assert handed_in(cleo, "layout") == "2026-03-02T07:00:00Z"


def test_nbgrader_s_folders_hold_several_assignments(tmp_path):
    stamp = "submitted/ada/week1/timestamp.txt"
    files = tree(
        tmp_path,
        "submitted/ada/week1/relu.ipynb",
        stamp,
        "submitted/ada/week2/loss.ipynb",
        texts=[(stamp, "2026-03-01 22:10:11.000000 Europe/Berlin")],
    )
    (one,) = discover(files, "week1")
    assert [inside for _, inside in one.files] == ["relu.ipynb"]
    assert handed_in(one, "layout") == "2026-03-01T21:10:11Z"
    with pytest.raises(UsageError, match="submissions for `week1`, `week2`, none for `week3`"):
        discover(files, "week3")


def test_a_pattern_tells_attempts_apart(tmp_path):
    files = tree(tmp_path, "try1/ada.py", "try2/ada.py", "notes.txt")
    pattern = r"(?P<attempt>try\d)/(?P<student>\w+)\.py"
    assert found(files, pattern=pattern) == {("ada", 1): ["ada.py"], ("ada", 2): ["ada.py"]}


@pytest.mark.parametrize(
    "pattern",
    ["(", r"(\w+).py", r"(?P<student>\d+)\.py", r"(?P<student>\d+)?.*", r"(?P<student>)ada.py"],
)
def test_a_pattern_that_cannot_be_used_is_refused(tmp_path, pattern):
    with pytest.raises(UsageError, match="pattern"):
        discover(tree(tmp_path, "ada.py"), "week1", pattern=pattern)


def test_a_layout_that_does_not_fit_is_refused(tmp_path):
    with pytest.raises(UsageError, match="nothing in it is laid out as moodle"):
        discover(tree(tmp_path, "ada.py"), "week1", "moodle")


def test_a_bulk_zip_is_read_like_a_folder_and_an_archive_in_it_is_opened_once(tmp_path):
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("relu.py", "def relu(x): ...\n")
        archive.writestr("deeper.zip", b"PK")
    with zipfile.ZipFile(tmp_path / "bulk.zip", "w") as archive:
        archive.write(inner, "week1/Ada_12_assignsubmission_file_/hw.zip")
        archive.writestr("week1/Ben_13_assignsubmission_file_/pad.py", "x = 1\n")
    ada, ben = discover(open_tree(tmp_path / "bulk.zip"), "week1")
    assert sorted(map(str, read(ada, "ada").files)) == ["deeper.zip", "relu.py"]
    assert sorted(map(str, read(ben, "ben").files)) == ["pad.py"]


def test_a_name_that_leads_outside_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bulk.zip", "w") as archive:
        archive.writestr("ada/../../evil.py", "x = 1\n")
        archive.writestr("ben/good.py", "x = 1\n")
    hand_ins = {h.claims[0].words[0]: h for h in discover(open_tree(tmp_path / "bulk.zip"), "w")}
    with pytest.raises(SubmissionError, match="a name that is refused"):
        read(hand_ins["ada"], "ada")
    assert read(hand_ins["ben"], "ben").name == "ben"


def test_links_are_named_and_not_followed(tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "x.py").write_text("secret")
    folder = tmp_path / "hand-in"
    (folder / "ben").mkdir(parents=True)
    (folder / "ada").symlink_to(secret)
    (folder / "ben" / "x.py").symlink_to(secret / "x.py")
    files = open_tree(folder)
    assert "a link" in files.problems[0]
    (ben,) = discover(files, "week1")
    with pytest.raises(SubmissionError, match="a link"):
        read(ben, "ben")


def test_the_time_of_files_counts_only_when_asked_for(tmp_path):
    (one,) = discover(tree(tmp_path, "ada.py"), "week1")
    assert handed_in(one, "layout") is None
    moment = datetime.datetime.fromisoformat(handed_in(one, "files"))
    assert abs(datetime.datetime.now(datetime.UTC) - moment) < datetime.timedelta(minutes=5)


def test_a_zip_that_knows_no_time_says_none(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("ada.py", date_time=(1980, 0, 0, 0, 0, 0)), "x = 1")
    (one,) = discover(open_tree(tmp_path / "all.zip"), "week1")
    assert handed_in(one, "files") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-13-01 10:00:00 Z",
        "2026-03-01 10:00:00",
        "10:00 Z",
        "2026-03-01 10:00:00 America/Argentina",
        "0001-01-01 10:00:00 +14:00",
    ],
)
def test_a_time_without_a_zone_or_sense_is_not_taken(text):
    assert moment(text) is None


def test_names_in_a_zip_are_utf_8_also_where_no_flag_says_so(tmp_path):
    path = tmp_path / "m.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("José/relu.py", "x = 1")
    data = path.read_bytes()
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag stands twice
        place = data.index(signature) + at
        data = data[:place] + b"\0\0" + data[place + 2 :]
    path.write_bytes(data)
    assert open_tree(path).names == ("José/relu.py",)
    assert [str(name) for name in load_submission(path).files] == ["José/relu.py"]
