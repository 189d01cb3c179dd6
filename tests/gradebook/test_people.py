"""The roster, and erasing, exporting and purging what is known of a person."""

import os

import pytest
from sqlalchemy import text

from grader.errors import CourseError, GradebookError
from grader.gradebook import opinions, privacy
from grader.gradebook.people import Person, enrol, group_unit, person, read_roster
from grader.gradebook.recording import pages_folder, remember_pages
from grader.loader import folder_name


@pytest.fixture
def roster(tmp_path):
    def read(content):
        path = tmp_path / "roster.csv"
        path.write_text(content, encoding="utf-8")
        return read_roster(path)

    return read


def test_a_roster_finds_people_by_anything_that_stands_for_one_of_them(roster):
    found = roster(
        "id;Name;email;canvas_id\n17;Ada Lovelace;ada@x.org;5501\n18;Jos\u00e9 P;jose@x.org;5502\n"
    )
    words = ("17", "ada lovelace", "ADA@x.org", "5502", "Jose\u0301 P")
    assert [found.find(word).student for word in words] == ["17", "17", "17", "18", "18"]


def test_two_of_a_name_are_found_by_id_only(roster):
    found = roster("id,name\n1,Kim Lee\n2,Kim Lee\n")
    assert found.find("Kim Lee") is None
    assert found.find("Kim Lee", "2").student == "2"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,email\nAda,a@x\n", "no column `id`; its columns are name, email"),
        ("id,name,name\n1,A,B\n", "column `name` is in the roster 2 times"),
        ("id,name\n1,Ada\n1,Ben\n", r"two students have the id `1` \(Ada and Ben\)"),
        ("id,name\n1,Ada\n,Ben\n", "line 3: `id` is empty"),
        ("", "the roster is empty"),
        ("id,name,group\n1,M, J,g1\n", "line 2 has 4 cells, the first line 3"),
        ('id,name\n1,"Ada\n2,Ben\n', "a quote in the roster does not end"),
    ],
)
def test_a_roster_that_cannot_be_used_says_why(roster, content, said):
    with pytest.raises(CourseError, match=said):
        roster(content)


def test_a_person_keeps_one_pseudonym_and_new_details(book, roster):
    with book.writing() as connection:
        before = enrol(connection, roster("id,name\n1,Ada\n").people)
        after = enrol(connection, roster("id,name\n1,Ada L.\n").people)
        assert before == after
        assert person(connection, "1").name == "Ada L."


def test_a_group_keeps_one_pseudonym_per_assignment(book):
    with book.writing() as connection:
        units = [group_unit(connection, week, "g1") for week in ("w1", "w1", "w2")]
    assert units[0] == units[1] != units[2]


@pytest.fixture
def filled(book, ada, hand_in, row, tmp_path):
    """Ada with a result, a comment, files and a page."""
    private = book.path.parent
    attempt = hand_in(ada, row())
    pages = tmp_path / "pages"
    for folder in (*(private / kind / ada for kind in privacy.PRIVATE_FOLDERS), pages / "ada"):
        folder.mkdir(parents=True)
        (folder / "file").write_text("of Ada")
    with book.writing() as connection:
        opinions.add_comment(connection, attempt, "Ada, well done", author="prof")
        remember_pages(connection, "week1", str(pages))
    return private


def test_an_export_holds_what_a_person_may_ask_for(book, ada, filled):
    with book.reading() as connection:
        data = privacy.export(connection, person(connection, "ada"))
    assert data["person"]["email"] == "ada@x.org"
    assert data["comments"][0]["body"] == "Ada, well done"
    assert len(data["results"]) == len(data["attempts"]) == 1
    assert "Ada L." in privacy.to_json(data)


def test_an_erased_person_is_gone_and_their_score_stays(book, ada, filled, tmp_path):
    with book.writing() as connection:
        gone = privacy.erase(connection, filled, person(connection, "ada"), author="prof")
    book.shred()
    assert len(gone) == 4
    assert not any(folder.exists() for folder in gone)
    with book.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM people")).scalar() == 0
        assert connection.execute(text("SELECT count(*) FROM marks")).scalar() == 1
        actions = connection.execute(text("SELECT who, action, subject FROM audit")).all()
    assert ("gradebook", "person deleted", ada) in actions
    assert ("prof", "erased, with 4 folders", ada) in actions


def test_pages_go_from_every_folder_they_were_written_to(book, ada, filled, tmp_path):
    folders = [tmp_path / name for name in ("one", "two", "one")]
    for folder in folders:
        (folder / "ada").mkdir(parents=True, exist_ok=True)
        with book.writing() as connection:
            remember_pages(connection, "week1", str(folder))
    with book.writing() as connection:
        assert pages_folder(connection, "week1") == str(tmp_path / "one")
        gone = privacy.erase(connection, filled, person(connection, "ada"), author="prof")
    assert {folder / "ada" for folder in folders} <= set(gone)
    assert not any((folder / "ada").exists() for folder in folders)


def test_the_pages_of_staff_go_with_a_person_and_no_one_elses(book, ada, filled):
    folder = filled / "pages"
    folder.mkdir()
    own, other = folder / "ada-0123456789ab.html", folder / "ada-b-0123456789ab.html"
    for path in (own, other):
        path.touch()
    with book.writing() as connection:
        gone = privacy.erase(connection, filled, person(connection, "ada"), author="prof")
    assert own in gone
    assert (own.exists(), other.exists()) == (False, True)


def test_after_an_erasure_no_byte_of_the_name_is_left_on_disk(book, ada, filled):
    with book.writing() as connection:
        privacy.erase(connection, filled, person(connection, "ada"), author="prof")
    book.shred()
    left = b"".join(path.read_bytes() for path in filled.glob("gradebook.db*"))
    assert b"Ada L." not in left
    assert b"well done" not in left


def test_files_of_a_group_stay_while_another_member_is_there(book, hand_in, row):
    with book.writing() as connection:
        names = enrol(connection, [Person(student="ada"), Person(student="ben")])
    hand_in("group", row(), people=list(names.values()))
    folder = book.path.parent / "results" / "group"
    folder.mkdir(parents=True)
    for student, exists in (("ada", True), ("ben", False)):
        with book.writing() as connection:
            privacy.erase(connection, book.path.parent, person(connection, student), author="prof")
        assert folder.exists() == exists


@pytest.mark.user_only
def test_a_folder_that_cannot_be_deleted_leaves_the_person_to_be_erased_again(book, ada, filled):
    os.chmod(filled / "results", 0o500)
    try:
        with pytest.raises(GradebookError, match="not erased yet"), book.writing() as connection:
            privacy.erase(connection, filled, person(connection, "ada"), author="prof")
    finally:
        os.chmod(filled / "results", 0o700)
    with book.reading() as connection:
        assert person(connection, "ada").name == "Ada L."


def test_purging_deletes_files_older_than_a_moment_and_nothing_else(book, ada, hand_in, row):
    hand_in(ada, row(), sha="old")
    private = book.path.parent
    kept = private / "submissions" / ada / "new.zip"
    files = [
        private / "submissions" / ada / "old.zip",
        private / "results" / ada / "ref1.staff.json",
        private / "replies" / ada / "ref1.msgpack",
    ]
    for file in (*files, kept):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    with book.writing() as connection:
        assert privacy.purge(connection, private, "2000-01-01", author="prof") == []
        gone = privacy.purge(connection, private, "2999-01-01", author="prof")
    assert sorted(gone) == sorted(files)
    assert kept.exists()


@pytest.fixture
def of_two(book, hand_in, row, tmp_path):
    """A group's attempt with a page; erases one of its members, and returns the page's folder."""

    def make(name):
        with book.writing() as connection:
            names = enrol(connection, [Person(student="ada"), Person(student="ben")])
            unit = group_unit(connection, "week1", name)
            remember_pages(connection, "week1", str(tmp_path / "pages"))
        hand_in(unit, row(), people=list(names.values()))
        page = tmp_path / "pages" / folder_name(name)
        page.mkdir(parents=True)
        return page

    return make


def erase(book, student):
    with book.writing() as connection:
        who = person(connection, student)
        return privacy.erase(connection, book.path.parent, who, author="prof")


def test_the_page_and_name_of_a_group_go_with_its_last_member(book, of_two):
    page = of_two("g1")
    assert erase(book, "ada") == []
    assert page.exists()
    assert erase(book, "ben") == [page]
    with book.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM groups")).scalar() == 0


def test_a_group_named_after_its_members_loses_the_name_of_who_is_erased(book, of_two):
    page = of_two("ada+ben")
    assert erase(book, "ada") == [page]
    with book.reading() as connection:
        name = connection.execute(text("SELECT name FROM groups")).scalar()
        assert person(connection, "ben").student == "ben"
    assert name.endswith("+ben")
    assert "ada" not in name


def test_a_file_that_a_newer_attempt_needs_too_is_not_purged(book, ada, hand_in, row):
    hand_in(ada, row(), sha="same", assignment="week1")
    hand_in(ada, row(), sha="same", assignment="week2")
    file = book.path.parent / "submissions" / ada / "same.zip"
    file.parent.mkdir(parents=True)
    file.touch()
    with book.writing() as connection:
        connection.execute(text("DROP TRIGGER attempts_refuse_update"))
        connection.execute(text("UPDATE attempts SET recorded_at = '2000' WHERE id = 1"))
        assert privacy.purge(connection, book.path.parent, "2001", author="prof") == []
    assert file.exists()


def test_an_export_holds_every_row_about_a_person_down_to_single_tests(book, ada, filled):
    with book.reading() as connection:
        data = privacy.export(connection, person(connection, "ada"))
    assert [test["verdict"] for test in data["tests"]] == ["PASSED", "FAILED"]
    assert [exercise["slug"] for exercise in data["exercises"]] == ["relu"]
