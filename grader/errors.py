"""The grader's own errors: one tree, split by who must act.

    GraderError
    ├── AuthorError            exit 2   whoever wrote the course or typed the command
    │   ├── UsageError                  options or paths on the command line do not fit
    │   ├── CourseError                 course.toml or exercise.toml cannot be used
    │   └── ExerciseError               a file of an exercise is missing or wrong
    ├── SubmissionError        exit 4   whoever handed the file in: there is nothing to grade
    └── MachineError           exit 3   the grader or the machine it runs on
        ├── SandboxError                no box could be made, or the tier is too low
        │   └── WarmParentDied          the process that boxes are forked from is gone
        ├── DataError                   a data set is missing or damaged
        ├── OutputError                 a page or result could not be written
        ├── GradebookError              gradebook.db cannot be used
        └── InternalError               a bug of ours

`FrameError` stands apart: it says that bytes from a worker were not a valid frame. It never
reaches a user; whoever talks to a worker turns it into a verdict for that submission.

A message names the thing, what was got, what was wanted and what to do. `slug` is stable: it is
the anchor in docs/messages.md and the argument of `grader explain`.
"""

from __future__ import annotations

__all__ = [
    "AuthorError",
    "CourseError",
    "DataError",
    "ExerciseError",
    "FrameError",
    "GradebookError",
    "GraderError",
    "InternalError",
    "MachineError",
    "OutputError",
    "SandboxError",
    "SubmissionError",
    "UsageError",
    "WarmParentDied",
]


class GraderError(Exception):
    """Any failure that the grader explains to a person. `str(error)` is the whole message."""

    exit_code = 3
    slug = "internal"

    def __init__(self, message: str, *, slug: str | None = None) -> None:
        super().__init__(message)
        if slug is not None:
            self.slug = slug


class AuthorError(GraderError):
    """The author of the course, or whoever typed the command, must act."""

    exit_code = 2
    slug = "usage"


class UsageError(AuthorError):
    """What was typed on the command line does not fit."""


class CourseError(AuthorError):
    """course.toml or exercise.toml cannot be used as it stands."""

    slug = "course"


class ExerciseError(AuthorError):
    """A file of an exercise is missing or wrong."""

    slug = "exercise"


class SubmissionError(GraderError):
    """What was handed in holds nothing that could be graded."""

    exit_code = 4
    slug = "nothing-to-grade"


class MachineError(GraderError):
    """The grader or the machine failed; no student loses a point by it."""

    slug = "machine"


class SandboxError(MachineError):
    """No box could be made, or the tier of isolation is below what is required."""

    slug = "sandbox"


class WarmParentDied(SandboxError):
    """The process that boxes are forked from is gone."""

    slug = "warm-parent"


class DataError(MachineError):
    """A data set cannot be fetched, is missing or damaged."""

    slug = "data"


class OutputError(MachineError):
    """A page, result or folder could not be written."""

    slug = "output"


class GradebookError(MachineError):
    """gradebook.db cannot be used as it stands; nothing in it was changed."""

    slug = "gradebook"


class InternalError(MachineError):
    """A bug of ours."""

    slug = "internal"


class FrameError(Exception):
    """Bytes from the other side were not a valid frame: refuse them, never resynchronise."""
