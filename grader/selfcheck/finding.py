"""Which exercise a student means, and which file of theirs: told by names and places alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.catalog import Exercise, load_exercise
from grader.errors import UsageError
from grader.loader import is_code

__all__ = ["Target", "find_exercise", "find_target", "find_targets"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An exercise, and the files to check, the one to try first in front."""

    exercise: Exercise
    files: tuple[Path, ...]


def find_exercise(file: Path, slug: str | None = None) -> Exercise:
    """The exercise that a student's file belongs to: beside it, named like it, or by `slug`.

    Raises:
        UsageError: none can be told.
    """
    file = file.resolve()
    folder = file if file.is_dir() else file.parent
    if slug is None and (folder / "exercise.toml").is_file():
        return load_exercise(folder)
    name = slug or file.stem
    if (found := _above(folder, name) or _above(Path.cwd(), name)) is not None:
        return found
    if not file.exists():
        raise UsageError(f"{file}: there is no such file or folder")
    if slug is not None:
        raise UsageError(
            f"{file}: no exercise `{name}` near it; check the file in the folder that was handed "
            "out, or call the command there"
        )
    raise UsageError(
        f"{file}: no exercise `{name}` near it; name the exercise with --exercise, or check the "
        "file in its exercise's folder"
    )


def find_targets(what: Path | str | None, slug: str | None = None) -> tuple[Target, ...]:
    """As find_target; a folder that holds several exercises means all of them.

    Raises:
        UsageError: there is no such file and no such exercise.
    """
    folder = Path.cwd() if what is None else Path(what)
    if slug is None and not _is_exercise(folder):
        for pattern in ("exercises/*/exercise.toml", "*/exercise.toml"):
            exercises = [path.parent.resolve() for path in sorted(folder.glob(pattern))]
            if exercises:
                targets = (_in_folder(load_exercise(exercise)) for exercise in exercises)
                return tuple(target for target in targets if target is not None)
    return (find_target(what, slug),)


def find_target(what: Path | str | None, slug: str | None = None) -> Target:
    """What to check: a file or folder, an exercise by its slug, or (None) the current folder.

    Where an exercise has both a module and a notebook, the one changed last comes first.

    Raises:
        UsageError: there is no such file and no such exercise.
    """
    if what is not None and Path(what).exists() and not _is_exercise(Path(what)):
        return Target(exercise=find_exercise(Path(what), slug), files=(Path(what),))
    exercise = _named_or_here(what, slug)
    target = _in_folder(exercise)
    if target is None:
        raise UsageError(
            f"{exercise.folder}: there is neither {exercise.slug}.py nor {exercise.slug}.ipynb in "
            "it; name the file to check"
        )
    return target


def _in_folder(exercise: Exercise) -> Target | None:
    """The files in an exercise's own folder; None if there are none."""
    files = [exercise.folder / f"{exercise.slug}{suffix}" for suffix in (".py", ".ipynb")]
    there = [_shortest(file) for file in files if file.is_file()]
    there.sort(key=lambda file: file.stat().st_mtime, reverse=True)  # stable: the module first
    return Target(exercise=exercise, files=tuple(there)) if there else None


def _above(folder: Path, name: str) -> Exercise | None:
    """The exercise `name` in `folder`, in exercises/ there, or in a folder above."""
    for root in (folder, *folder.parents):
        for candidate in (root / name, root / "exercises" / name):
            if _is_exercise(candidate):
                return load_exercise(candidate)
    return None


def _is_exercise(path: Path) -> bool:
    return (path / "exercise.toml").is_file()


def _named_or_here(what: Path | str | None, slug: str | None) -> Exercise:
    here = Path.cwd()
    if what is not None and _is_exercise(Path(what)):
        return load_exercise(Path(what).resolve())
    if what is not None and is_code(Path(what)):
        raise UsageError(f"{what}: there is no such file or folder")
    name = slug or (None if what is None else str(what))
    if name is not None:
        if (found := _above(here, name)) is not None:
            return found
        known = sorted(path.parent.name for path in here.glob("exercises/*/exercise.toml"))
        there = f"; there are {', '.join(known)}" if known else ""
        raise UsageError(
            f"no file and no exercise `{name}` here or in a folder above{there}; go to the folder "
            "that holds exercises/"
        )
    if _is_exercise(here):
        return load_exercise(here)
    raise UsageError(
        f"{here} is no exercise's folder; name a file, as in `grader check relu.py`, or go to "
        "exercises/SLUG"
    )


def _shortest(path: Path) -> Path:
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
