"""What `build` attacks hand in: made by the attack's own file, then read by the real loader."""

from __future__ import annotations

import contextlib
import os
import re
import runpy
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from grader.errors import GraderError
from grader.loader import load_submission
from grader.model import Submission
from grader.redteam.attack import Attack
from grader.redteam.ground import Ground

__all__ = ["Built", "built"]

_SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """`submission` is None if the loader refused it; then `problems` tell if it had to."""

    path: Path
    submission: Submission | None = None
    problems: tuple[str, ...] = ()


class _Hangs(Exception):
    """Reading took too long."""


def built(attack: Attack, ground: Ground) -> Built:
    """Make the files of an attack and load them."""
    folder = ground.inbox / f"{attack.row}.{attack.name}"
    folder.mkdir()
    path = runpy.run_path(str(attack.path))["build"](folder)
    try:
        with _at_most(_SECONDS):
            submission = load_submission(path)
    except GraderError as error:
        return Built(path=path, problems=tuple(_refusal(attack, error)))
    except _Hangs:
        return Built(path=path, problems=("the loader hangs",))
    except Exception as error:  # the loader may only refuse; anything else stops a whole batch
        return Built(path=path, problems=(f"the loader raised {type(error).__name__}: {error}",))
    if attack.refused:
        return Built(path=path, problems=("the loader takes it",))
    name = f"{attack.row}.{attack.name} {submission.name}"
    return Built(path=path, submission=replace(submission, name=name))


def _refusal(attack: Attack, error: GraderError) -> Iterator[str]:
    said = str(error)
    if not attack.refused:
        yield f"the loader refuses it: {said[:200]}"
    elif not re.search(attack.refused, said):
        yield f"the loader says {said[:200]!r}, which does not match {attack.refused!r}"
    if len(os.fsencode(said)) > 2000:
        yield f"the refusal is {len(said):,} characters long"


@contextlib.contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    def ring(number: int, frame: FrameType | None) -> None:
        raise _Hangs

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
