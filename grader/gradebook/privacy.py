"""A person's data: all of it for them, none of it left, and what is older than needed.

Scores stay, under a pseudonym that then belongs to nobody. Files lie in folders named by the
pseudonym: gradebook/submissions, gradebook/results, gradebook/replies; pages in one folder per
student below the folder of pages.
"""

from __future__ import annotations

import contextlib
import glob
import json
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, text, update

from grader.errors import GradebookError
from grader.gradebook.people import Person
from grader.gradebook.recording import note
from grader.gradebook.schema import groups, people, texts
from grader.loader import folder_name

__all__ = ["PRIVATE_FOLDERS", "erase", "export", "purge", "to_json", "units_of"]

_REFERENCE = 12 * "[0-9a-f]"  # of an attempt, in the names of staff pages

PRIVATE_FOLDERS = ("submissions", "results", "replies")

_OWN = {
    "attempts": "SELECT a.* FROM attempts AS a JOIN members AS m ON m.attempt_id = a.id "
    "WHERE m.pseudonym = :who ORDER BY a.id",
    "arrivals": "SELECT t.* FROM arrivals AS t JOIN members AS m ON m.attempt_id = t.attempt_id "
    "WHERE m.pseudonym = :who ORDER BY t.attempt_id",
    "marks": "SELECT * FROM marks WHERE pseudonym = :who ORDER BY attempt_id",
    "results": "SELECT r.* FROM results AS r JOIN members AS m ON m.attempt_id = r.attempt_id "
    "WHERE m.pseudonym = :who ORDER BY r.id",
    "functions": "SELECT f.* FROM function_results AS f JOIN results AS r ON r.id = f.result_id "
    "JOIN members AS m ON m.attempt_id = r.attempt_id WHERE m.pseudonym = :who "
    "ORDER BY f.result_id, f.function",
    "exercises": "SELECT e.* FROM exercise_results AS e JOIN results AS r ON r.id = e.result_id "
    "JOIN members AS m ON m.attempt_id = r.attempt_id WHERE m.pseudonym = :who "
    "ORDER BY e.result_id, e.slug",
    "tests": "SELECT t.* FROM test_results AS t JOIN results AS r ON r.id = t.result_id "
    "JOIN members AS m ON m.attempt_id = r.attempt_id WHERE m.pseudonym = :who "
    "ORDER BY t.result_id, t.test_id",
    "groups": "SELECT DISTINCT g.* FROM groups AS g JOIN attempts AS a ON a.unit = g.pseudonym "
    "JOIN members AS m ON m.attempt_id = a.id WHERE m.pseudonym = :who ORDER BY g.assignment",
    "overrides": "SELECT o.*, t.body AS reason FROM overrides AS o "
    "LEFT JOIN texts AS t ON t.id = o.text_id WHERE o.pseudonym = :who ORDER BY o.id",
    "comments": "SELECT c.*, t.body FROM comments AS c LEFT JOIN texts AS t ON t.id = c.text_id "
    "JOIN members AS m ON m.attempt_id = c.attempt_id WHERE m.pseudonym = :who ORDER BY c.id",
    "requests": "SELECT q.*, t.body FROM requests AS q LEFT JOIN texts AS t ON t.id = q.text_id "
    "WHERE q.pseudonym = :who ORDER BY q.id",
    "answers": "SELECT w.*, t.body FROM answers AS w JOIN requests AS q ON q.id = w.request_id "
    "LEFT JOIN texts AS t ON t.id = w.text_id WHERE q.pseudonym = :who ORDER BY w.id",
    "audit": "SELECT * FROM audit WHERE subject = :who ORDER BY id",
}


def export(connection: Connection, person: Person) -> dict[str, Any]:
    """Everything that the gradebook holds about one person, as plain data."""
    data: dict[str, Any] = {
        "person": {
            "student": person.student,
            "name": person.name,
            "email": person.email,
            "external": dict(person.external),
            "pseudonym": person.pseudonym,
        }
    }
    for name, query in _OWN.items():
        rows = connection.execute(text(query), {"who": person.pseudonym})
        data[name] = [dict(row._mapping) for row in rows]
    return data


def units_of(connection: Connection, pseudonym: str) -> tuple[list[str], list[str]]:
    """The units whose files are this person's alone, and those shared with others."""
    rows = connection.execute(
        text(
            "SELECT a.unit, count(DISTINCT others.pseudonym) FROM attempts AS a "
            "JOIN members AS own ON own.attempt_id = a.id AND own.pseudonym = :who "
            "LEFT JOIN members AS others ON others.attempt_id = a.id "
            "JOIN people AS p ON p.pseudonym = others.pseudonym AND p.pseudonym <> :who "
            "GROUP BY a.unit"
        ),
        {"who": pseudonym},
    )
    shared = [unit for unit, others in rows if others]
    every = connection.execute(
        text(
            "SELECT DISTINCT a.unit FROM attempts AS a JOIN members AS m ON m.attempt_id = a.id "
            "WHERE m.pseudonym = :who"
        ),
        {"who": pseudonym},
    ).scalars()
    return [unit for unit in every if unit not in shared], shared


def erase(connection: Connection, private: Path, person: Person, *, author: str) -> list[Path]:
    """Delete who somebody is, what they wrote and what was written to them; returns what is gone.

    Files shared with a group stay, since they are the others' too; if the group is named after its
    members it loses this name, and its page, until that is made anew. Folders go first: if one
    cannot be deleted, the person is still in the gradebook and this can be repeated.

    Raises:
        GradebookError: a folder could not be deleted.
    """
    own, shared = units_of(connection, person.pseudonym)
    renamed = _renamed_groups(connection, shared, person)
    gone = [private / kind / unit for kind in PRIVATE_FOLDERS for unit in own]
    gone += _pages(connection, person, [*own, *renamed])
    gone = [folder for folder in gone if folder.exists()]
    gone += (private / "pages").glob(
        f"{glob.escape(folder_name(person.student))}-{_REFERENCE}.html"
    )
    for folder in gone:
        try:
            if folder.is_dir():
                shutil.rmtree(folder)
            else:
                folder.unlink()
        except OSError as error:
            raise GradebookError(
                f"{error.filename or folder}: cannot be deleted ({error.strerror}); "
                "the person was not erased yet, repeat the command"
            ) from None
    for unit, name in renamed.items():
        connection.execute(update(groups).where(groups.c.pseudonym == unit).values(name=name))
    connection.execute(delete(texts).where(texts.c.pseudonym.in_([person.pseudonym, *own])))
    connection.execute(delete(groups).where(groups.c.pseudonym.in_(own)))
    connection.execute(delete(people).where(people.c.pseudonym == person.pseudonym))
    note(connection, author, f"erased, with {len(gone)} folders", person.pseudonym)
    return gone


def _renamed_groups(connection: Connection, shared: list[str], person: Person) -> dict[str, str]:
    """The groups with the person's id in their name, "ada+ben", and a name without it."""
    rows = connection.execute(
        select(groups.c.pseudonym, groups.c.name).where(groups.c.pseudonym.in_(shared))
    )
    return {
        unit: "+".join(person.pseudonym if p == person.student else p for p in name.split("+"))
        for unit, name in rows
        if person.student in name.split("+")
    }


def _pages(connection: Connection, person: Person, units: list[str]) -> list[Path]:
    """The folders of pages of a person, and of groups among `units`."""
    rows = connection.execute(
        text(
            "SELECT DISTINCT p.pages, coalesce(g.name, :student) AS folder FROM attempts AS a "
            "JOIN members AS m ON m.attempt_id = a.id AND m.pseudonym = :who "
            "JOIN places AS p ON p.assignment = a.assignment "
            "LEFT JOIN groups AS g ON g.pseudonym = a.unit WHERE a.unit IN :units"
        ).bindparams(bindparam("units", expanding=True)),
        {"who": person.pseudonym, "student": person.student, "units": units},
    )
    return [Path(pages) / folder_name(folder) for pages, folder in rows]


def purge(connection: Connection, private: Path, before: str, *, author: str) -> list[Path]:
    """Delete the files of attempts that were recorded before a moment, and of no later one.

    Marks, overrides and who people are stay; a purged attempt cannot be graded again.

    Raises:
        GradebookError: a file could not be deleted.
    """
    old = _files(connection, private, "a.recorded_at < :before", before)
    kept = _files(connection, private, "a.recorded_at >= :before", before)
    gone = sorted(file for file in old - kept if file.exists())
    for file in gone:
        try:
            file.unlink()
        except OSError as error:
            raise GradebookError(f"{file}: cannot be deleted ({error.strerror})") from None
    for folder in {file.parent for file in gone}:
        with contextlib.suppress(OSError):  # others are still in it
            folder.rmdir()
    note(connection, author, f"purged {len(gone)} files of attempts before {before}")
    return gone


def _files(connection: Connection, private: Path, where: str, before: str) -> set[Path]:
    """What lies on disk of some attempts; identical ones may share a file."""
    rows = connection.execute(
        text(
            "SELECT a.unit, a.sha256, r.reference FROM attempts AS a "
            f"LEFT JOIN results AS r ON r.attempt_id = a.id WHERE {where}"
        ),
        {"before": before},
    ).all()
    files = {private / "submissions" / unit / f"{sha256}.zip" for unit, sha256, _ in rows}
    for unit, _, reference in rows:
        if reference:
            files.add(private / "results" / unit / f"{reference}.staff.json")
            files.add(private / "replies" / unit / f"{reference}.msgpack")
    return files


def to_json(data: dict[str, Any]) -> str:
    """For the person themselves: readable, in the order of the tables."""
    return json.dumps(data, indent=2, ensure_ascii=False)
