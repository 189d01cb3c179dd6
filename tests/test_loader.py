"""Submissions as bytes: what is taken, and what is refused by name without being opened."""

import os
import stat
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from grader.errors import SubmissionError, UsageError
from grader.loader import folder_name, load_submission


def test_a_module_is_one_file_named_like_itself(tmp_path):
    path = tmp_path / "relu.py"
    path.write_bytes(b"x = 1\r\n")
    submission = load_submission(path)
    assert submission.name == "relu"
    assert submission.files == {PurePosixPath("relu.py"): b"x = 1\r\n"}


def test_a_folder_keeps_siblings_and_leaves_out_what_tools_put_there(tmp_path):
    for name in ("a/relu.py", "a/data/x.txt", "a/.git/config", "a/__pycache__/relu.pyc"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    submission = load_submission(tmp_path / "a")
    assert set(map(str, submission.files)) == {"relu.py", "data/x.txt"}


@pytest.mark.parametrize("name", ["relu.PY", "relu.Ipynb", "relu.ZIP"])
def test_endings_in_capitals_are_like_small_ones(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"x = 1")
    if name == "relu.ZIP":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a/relu.PY", "x = 1")
    (found,) = load_submission(path).files
    assert str(found) == {"relu.ZIP": "a/relu.py"}.get(name, name.lower())


def test_two_files_that_differ_in_the_case_of_their_ending_are_refused(tmp_path):
    for name in ("relu.py", "relu.PY"):
        (tmp_path / name).write_text("x")
    with pytest.raises(SubmissionError, match=r"`relu\.py` is in it twice"):
        load_submission(tmp_path)


def test_an_archive_that_cannot_be_opened_is_named(tmp_path):
    (tmp_path / "hw.RAR").write_text("x")
    with pytest.raises(SubmissionError, match=r"`hw\.RAR` cannot be opened here, ask for a \.zip"):
        load_submission(tmp_path)


def test_the_hash_depends_on_names_and_bytes_alone(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "relu.py").write_text("x = 1")
    one, two = load_submission(tmp_path / "one"), load_submission(tmp_path / "two")
    (tmp_path / "two/relu.py").rename(tmp_path / "two/relu2.py")
    assert one.sha256 == two.sha256 != load_submission(tmp_path / "two").sha256


@pytest.mark.parametrize("name", ["notes.txt", "relu.pdf", "relu"])
def test_a_file_that_is_no_code_is_refused(tmp_path, name):
    path = tmp_path / name
    path.write_text("x")
    with pytest.raises(SubmissionError, match="a submission is a"):
        load_submission(path)


def test_a_missing_path_and_a_folder_without_code_are_one_sentence_each(tmp_path):
    with pytest.raises(UsageError, match="no such file or folder"):
        load_submission(tmp_path / "nobody")
    with pytest.raises(SubmissionError, match=r"no \.py or \.ipynb file"):
        load_submission(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_an_unreadable_file_is_one_sentence(tmp_path):
    path = tmp_path / "relu.py"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(UsageError, match="cannot be read"):
        load_submission(path)


def test_links_pipes_and_sockets_are_refused_and_never_opened(tmp_path):
    (tmp_path / "relu.py").write_text("x")
    link = tmp_path / "passwd.py"
    link.symlink_to("/etc/passwd")
    with pytest.raises(SubmissionError, match="a link"):
        load_submission(tmp_path)
    link.unlink()
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(SubmissionError, match="not an ordinary file"):
        load_submission(tmp_path)


def test_a_pipe_in_place_of_the_submission_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "relu.py")
    with pytest.raises(SubmissionError, match="not an ordinary file"):
        load_submission(tmp_path / "relu.py")


def make_zip(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def test_a_zip_gives_its_files(tmp_path):
    path = make_zip(tmp_path / "eva.zip", [("week1/relu.py", "x = 1"), ("__MACOSX/._relu.py", "")])
    submission = load_submission(path)
    assert submission.name == "eva"
    assert list(map(str, submission.files)) == ["week1/relu.py"]


@pytest.mark.parametrize(
    "name", ["../relu.py", "/etc/relu.py", "a/../../relu.py", "C:/relu.py", "a\nb.py", "x" * 300]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    path = make_zip(tmp_path / "eva.zip", [("relu.py", "x"), (name, "x")])
    with pytest.raises(SubmissionError, match="name that is refused"):
        load_submission(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = make_zip(tmp_path / "eva.zip", [("relu.py", "x"), ("zeros.bin", b"\0" * (32 << 20))])
    with pytest.raises(SubmissionError, match="grows too much"):
        load_submission(path)


def test_a_link_in_a_zip_is_refused(tmp_path):
    path = tmp_path / "eva.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("relu.py", "x")
        entry = zipfile.ZipInfo("shadow.py")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/shadow")
    with pytest.raises(SubmissionError, match="link or device"):
        load_submission(path)


def test_two_entries_that_differ_by_case_alone_are_refused(tmp_path):
    path = make_zip(tmp_path / "eva.zip", [("relu.py", "x"), ("RELU.py", "y")])
    with pytest.raises(SubmissionError, match="twice"):
        load_submission(path)


def test_a_broken_zip_is_one_sentence(tmp_path):
    path = tmp_path / "eva.zip"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(SubmissionError, match="not a zip file"):
        load_submission(path)


def test_a_hard_link_is_refused_since_the_grader_may_read_what_its_author_may_not(tmp_path):
    (tmp_path / "theirs.py").write_text("x = 1")
    (tmp_path / "mine").mkdir()
    os.link(tmp_path / "theirs.py", tmp_path / "mine/relu.py")
    with pytest.raises(SubmissionError, match="hard link"):
        load_submission(tmp_path / "mine")


@pytest.mark.parametrize("target", ["solutions", "solutions/reference.py"])
def test_a_link_is_refused_also_where_it_is_the_submission_itself(tmp_path, target):
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions/reference.py").write_text("x = 1")
    (tmp_path / "eve.py").symlink_to(tmp_path / target)
    with pytest.raises(SubmissionError, match="a link"):
        load_submission(tmp_path / "eve.py")


def test_a_link_to_a_folder_inside_is_refused_and_not_passed_over(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/relu.py").write_text("x = 1")
    (tmp_path / "mine/more").symlink_to(tmp_path / "other")
    with pytest.raises(SubmissionError, match="a link"):
        load_submission(tmp_path / "mine")


def test_names_are_kept_and_told_on_one_line_without_control_characters(tmp_path):
    folder = tmp_path / "a\x1b[2J\n::error::x"
    folder.mkdir()
    with pytest.raises(SubmissionError) as refused:
        load_submission(folder)
    assert str(refused.value).isprintable()
    (folder / "relu.py").write_text("x = 1")
    assert load_submission(folder).name.isprintable()


def test_a_name_that_is_no_unicode_is_graded_under_one_that_can_be_written(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"\xfcbung.py")
    with open(path, "w") as file:
        file.write("x = 1")
    submission = load_submission(Path(os.fsdecode(path)))
    assert submission.name == "\ufffdbung"
    assert set(map(str, submission.files)) == {"_bung.py"}
    assert len(submission.sha256) == 64


@pytest.mark.parametrize("name", ["名" * 84, "n" * 255, "é" * 120])
def test_a_folders_name_leaves_room_for_what_is_added_to_it(name):
    assert len(folder_name(name).encode()) <= 110
    assert folder_name(name) != folder_name(name + "x")


def test_a_damaged_name_inside_a_zip_is_one_sentence(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("ä.py", "x = 1")
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[data.rindex("ä".encode())] = 0xFF
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(SubmissionError, match="not a zip file that can be read"):
        load_submission(tmp_path / "a.zip")


def test_the_files_of_a_zip_are_counted_before_one_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(2001):
            archive.writestr(f"{number}.txt", "")
    with pytest.raises(SubmissionError, match="2,000 files"):
        load_submission(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("relu.py", "x = 1")
        for number in range(2001):
            archive.writestr(f".git/{number}", "")
    assert len(load_submission(tmp_path / "b.zip").files) == 1
