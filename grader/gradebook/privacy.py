"""A person's data: all of it for them, none of it left, and what is older than needed.

Scores stay, under a pseudonym that then belongs to nobody. Files lie in folders named by the
pseudonym: gradebook/submissions, gradebook/results, gradebook/replies; pages in one folder per
student below the folder of pages.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, bindparam, delete, text

from grader.errors import GradebookError
from grader.gradebook.people import Person
from grader.gradebook.recording import note
from grader.gradebook.schema import people, texts
from grader.loader import folder_name

__all__ = ["PRIVATE_FOLDERS", "erase", "export", "purge", "to_json", "units_of"]

PRIVATE_FOLDERS = ("submissions", "results", "replies")

_OWN = {
    "attempts": "SELECT a.* FROM attempts AS a JOIN members AS m ON m.attempt_id = a.id "
    "WHERE m.pseudonym = :who ORDER BY a.id",
    "marks": "SELECT * FROM marks WHERE pseudonym = :who ORDER BY attempt_id",
    "results": "SELECT r.* FROM results AS r JOIN members AS m ON m.attempt_id = r.attempt_id "
    "WHERE m.pseudonym = :who ORDER BY r.id",
    "functions": "SELECT f.* FROM function_results AS f JOIN results AS r ON r.id = f.result_id "
    "JOIN members AS m ON m.attempt_id = r.attempt_id WHERE m.pseudonym = :who "
    "ORDER BY f.result_id, f.function",
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

    Files shared with a group stay, since they are the others' too. Folders go first: if one
    cannot be deleted, the person is still in the gradebook and this can be repeated.

    Raises:
        GradebookError: a folder could not be deleted.
    """
    own, _ = units_of(connection, person.pseudonym)
    gone = [private / kind / unit for kind in PRIVATE_FOLDERS for unit in own]
    gone += _pages(connection, person)
    gone = [folder for folder in gone if folder.exists()]
    for folder in gone:
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise GradebookError(
                f"{error.filename or folder}: cannot be deleted ({error.strerror}); "
                "the person was not erased yet, repeat the command"
            ) from None
    connection.execute(
        delete(texts).where(texts.c.pseudonym.in_(bindparam("owners", expanding=True))),
        {"owners": [person.pseudonym, *own]},
    )
    connection.execute(delete(people).where(people.c.pseudonym == person.pseudonym))
    note(connection, author, f"erased, with {len(gone)} folders", person.pseudonym)
    return gone


def _pages(connection: Connection, person: Person) -> list[Path]:
    rows = connection.execute(
        text(
            "SELECT DISTINCT p.pages, m.folder FROM (SELECT a.assignment, :student AS folder "
            "FROM attempts AS a JOIN members AS m ON m.attempt_id = a.id "
            "WHERE m.pseudonym = :who) AS m JOIN places AS p ON p.assignment = m.assignment"
        ),
        {"who": person.pseudonym, "student": person.student},
    )
    return [Path(pages) / folder_name(folder) for pages, folder in rows]


def purge(connection: Connection, private: Path, before: str, *, author: str) -> list[Path]:
    """Delete the files of attempts that were recorded before a moment, and of no later one.

    Marks, overrides and who people are stay; a purged attempt cannot be graded again.

    Raises:
        GradebookError: a file could not be deleted.
    """
    rows = connection.execute(
        text(
            "SELECT a.unit, a.sha256, r.reference FROM attempts AS a "
            "LEFT JOIN results AS r ON r.attempt_id = a.id WHERE a.recorded_at < :before"
        ),
        {"before": before},
    ).all()
    files = {private / "submissions" / unit / f"{sha256}.zip" for unit, sha256, _ in rows}
    for unit, _, reference in rows:
        if reference:
            files.add(private / "results" / unit / f"{reference}.staff.json")
            files.add(private / "replies" / unit / f"{reference}.msgpack")
    gone = sorted(file for file in files if file.exists())
    for file in gone:
        try:
            file.unlink()
        except OSError as error:
            raise GradebookError(f"{file}: cannot be deleted ({error.strerror})") from None
    note(connection, author, f"purged {len(gone)} files of attempts before {before}")
    return gone


def to_json(data: dict[str, Any]) -> str:
    """For the person themselves: readable, in the order of the tables."""
    return json.dumps(data, indent=2, ensure_ascii=False)
