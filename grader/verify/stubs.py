"""Whether a stub can be imported as it is handed out: whoever starts with it meets its mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.catalog import Exercise
from grader.errors import FrameError
from grader.model import Note
from grader.protocol import Operation, Value
from grader.runner.loaded import found_in, load_notes
from grader.sandbox import Box, BoxFailed, Sandbox

__all__ = ["import_problems"]


def import_problems(exercise: Exercise, stub: Path, sandbox: Sandbox) -> Iterator[Note]:
    """What a worker says when it imports the stub, which a stub that can be imported never causes.

    Grading does not tell: nothing of a stub is called, so nothing of it is loaded.
    """
    box = sandbox.spawn(exercise.limits, exercise.profile)
    try:
        yield from _notes(exercise, stub, box)
    except BoxFailed as failure:
        yield Note(text=failure.sentence)
    except FrameError as error:
        yield Note(text=f"the worker's answer cannot be read: {error}")
    finally:
        box.close()


def _notes(exercise: Exercise, stub: Path, box: Box) -> Iterator[Note]:
    seconds = exercise.limits.wall_seconds
    arguments: dict[str, Value] = {
        "files": {f"{exercise.slug}.py": stub.read_bytes()},
        "slug": exercise.slug,
        "functions": list(exercise.names),
    }
    parsed = box.request(Operation.PARSE, arguments, seconds=seconds)
    yield from found_in(parsed, exercise.names).notes
    loaded = box.request(
        Operation.LOAD, {**arguments, "mode": "auto", "seconds": seconds / 2}, seconds=seconds
    )
    yield from load_notes(loaded)
