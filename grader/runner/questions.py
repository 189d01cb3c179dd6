"""What is asked about a submission's files, exercise by exercise."""

from __future__ import annotations

from grader.catalog import Exercise
from grader.model import Submission
from grader.protocol import Value

__all__ = ["Questions", "banned"]

_NOT_FOR_STUDENTS = tuple(
    f"grader.{module}" for module in ("observe", "protocol", "source_check", "steps", "worker")
)  # they lie beside student code, and hold right versions of what it may not call


def banned(exercise: Exercise, function: str) -> list[Value]:
    """What the function may not call."""
    forbidden = exercise.function(function).forbidden
    return [*forbidden, *_NOT_FOR_STUDENTS] if forbidden else []


class Questions:
    """Those for one box: only the first that it is asked carries the files."""

    def __init__(self, submission: Submission) -> None:
        self.files: Value = {str(path): data for path, data in submission.files.items()}
        self._to_parse: dict[str, dict[str, Value]] = {}  # by slug

    def for_another_box(self) -> None:
        self._to_parse.clear()

    def to_parse(self, exercise: Exercise) -> dict[str, Value]:
        """The same at every call, so that it can be asked ahead."""
        if exercise.slug not in self._to_parse:
            self._to_parse[exercise.slug] = {
                **self._files_once(),
                "slug": exercise.slug,
                "functions": list(exercise.names),
                "forbidden": {name: banned(exercise, name) for name in exercise.names},
                "imports": list(exercise.imports),
            }
        return self._to_parse[exercise.slug]

    def to_load(self, exercise: Exercise, mode: str) -> dict[str, Value]:
        return {
            **self._files_once(),
            "slug": exercise.slug,
            "functions": list(exercise.names),
            "written_only": True,
            "mode": mode,
            "seconds": exercise.limits.wall_seconds / 2,  # then it falls back to definitions itself
            "without_gpu": exercise.training is not None,  # what is trained may ask for one
        }

    def _files_once(self) -> dict[str, Value]:
        return {} if self._to_parse else {"files": self.files}
