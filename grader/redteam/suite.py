"""Runs attacks through the real grader, in batches between innocent neighbours, and judges each.

If a batch goes wrong as a whole (a neighbour's score changed, something was left behind), its
attacks are run again one at a time to find the one that did it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.machinery import PathFinder
from pathlib import Path, PurePosixPath
from typing import Literal

from grader.config import ExecutionSettings
from grader.errors import GraderError
from grader.model import Isolation, Submission
from grader.pipeline import GradedAttempt, grade
from grader.redteam.attack import Attack, Form, attacks
from grader.redteam.building import Built, built
from grader.redteam.commands import run_commands
from grader.redteam.ground import BEN_POINTS, Ground, laid
from grader.redteam.judging import judged, marks_of
from grader.redteam.watch import Watch
from grader.sandbox import Sandbox

__all__ = ["Outcome", "run"]

_BATCH = 8
_ENGINES: Mapping[Form, Literal["ipython", "nbclient"]] = {
    "executed": "ipython",
    "nbclient": "nbclient",
}
_EXECUTION = ExecutionSettings(cell_seconds=1.5, total_seconds=10.0)
_SEED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one attack. It was held if there are no `problems`."""

    attack: Attack
    form: Form
    problems: tuple[str, ...] = ()
    skipped: str = ""

    @property
    def verdict(self) -> str:
        if self.skipped:
            return "skipped"
        return "succeeded" if self.problems else "held"


@dataclass(slots=True)
class _Entry:
    """An attack on its way: what is handed in, and what was found wrong so far."""

    attack: Attack
    form: Form
    submission: Submission | None = None
    path: Path | None = None
    problems: list[str] = field(default_factory=list)

    def outcome(self) -> Outcome:
        problems = tuple(dict.fromkeys(self.problems))
        return Outcome(attack=self.attack, form=self.form, problems=problems)


def run(
    pattern: str = "*",
    *,
    required: Isolation = Isolation.NAMESPACES,
    tell: Callable[[str], None] = lambda text: None,
) -> list[Outcome]:
    """Run every attack that fits the pattern.

    Args:
        pattern: of a row, a name or "row/name"; see fnmatch.
        required: the weakest isolation to run with.
        tell: hears what is being done.

    Raises:
        SandboxError: there is no sandbox of that strength here.
    """
    chosen = list(attacks(pattern))
    skipped = {attack.id: reason for attack in chosen if (reason := _missing(attack.needs))}
    with laid() as ground:
        entries = [
            entry
            for attack in chosen
            if attack.id not in skipped and attack.kind != "planted"
            for entry in _entries(attack, ground)
        ]
        absent = [entry for entry in entries if entry.form == "nbclient" and _has_no_nbclient()]
        entries = [entry for entry in entries if entry not in absent]
        with Sandbox(required=required) as sandbox:
            _Suite(ground, sandbox, tell).run([e for e in entries if e.submission is not None])
        tell("the command line")
        planted = [a for a in chosen if a.kind == "planted" and a.id not in skipped]
        paths = {e.attack.id: e.path for e in entries if e.path is not None}
        found = run_commands(ground, planted, paths, required, BEN_POINTS)
        for entry in entries:
            entry.problems += found.get(entry.attack.id, [])
    outcomes = [entry.outcome() for entry in entries]
    outcomes += [
        Outcome(attack=attack, form="module", problems=tuple(found.get(attack.id, ())))
        for attack in planted
    ]
    outcomes += [
        Outcome(attack=entry.attack, form=entry.form, skipped="nbclient is not installed")
        for entry in absent
    ]
    outcomes += [
        Outcome(attack=attack, form="module", skipped=skipped[attack.id])
        for attack in chosen
        if attack.id in skipped
    ]
    return sorted(outcomes, key=lambda o: (o.attack.id, o.form))


def _missing(need: str) -> str:
    """Why an attack cannot be run on this machine, if so."""
    match need:
        case "":
            return ""
        case "gpu":
            return "" if Path("/dev/nvidia0").exists() else "no GPU"
        case "root":
            return "" if os.geteuid() == 0 else "only root can prepare it"
        case "an ordinary user":
            return "" if os.geteuid() != 0 else "root can read every file"
        case _:
            return f"needs {need}"


def _has_no_nbclient() -> bool:
    return any(PathFinder.find_spec(name) is None for name in ("nbclient", "ipykernel"))


def _entries(attack: Attack, ground: Ground) -> Iterator[_Entry]:
    if attack.kind == "build":
        made: Built = built(attack, ground)
        for form in attack.forms:
            yield _Entry(attack, form, made.submission, made.path, list(made.problems))
        return
    source = attack.path.read_bytes()
    more = {PurePosixPath(name): text.encode() for name, text in attack.files.items()}
    for form in attack.forms:
        name = f"{attack.row}.{attack.name}.{form}"
        main = {PurePosixPath("attack.py"): source}
        if form != "module":
            main = {PurePosixPath("attack.ipynb"): _notebook(source.decode())}
        files = {**ground.shared_files, **more, **main}
        yield _Entry(attack, form, Submission(name=name, files=files))


def _notebook(source: str) -> bytes:
    """The module as a notebook: one cell, or more where `# %%` separates them."""
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "outputs": [], "source": text}
        for n, text in enumerate(source.split("\n# %%"))
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook).encode()


class _Suite:
    """The batches of one run."""

    def __init__(self, ground: Ground, sandbox: Sandbox, tell: Callable[[str], None]) -> None:
        self._ground = ground
        self._sandbox = sandbox
        self._tell = tell
        self._exercises = ground.course.assignments["attack"].exercises
        self._asked = self._exercises
        self._wall_seconds = max(e.limits.wall_seconds for e in self._exercises)
        self._neighbours = [ground.neighbour("ada"), ground.neighbour("ben")]
        first = list(self._grade(self._neighbours))
        self._marks = [marks_of(graded.attempt) for graded in first]
        points = [graded.attempt.points for graded in first]
        if points != [first[0].attempt.max_points, BEN_POINTS]:
            raise GraderError(f"the neighbours score {points} without any attack")
        self._watch = Watch(ground.folder, ground.mark)

    def run(self, entries: Sequence[_Entry]) -> None:
        for engine in (None, *_ENGINES.values()):
            some = [entry for entry in entries if _ENGINES.get(entry.form) == engine]
            if some and engine is not None:
                self._execute_by(engine)
            self._run(some)

    def _execute_by(self, engine: Literal["ipython", "nbclient"]) -> None:
        """From here on, run notebooks first; what that starts is no leftover of an attack."""
        execution = _EXECUTION.model_copy(update={"engine": engine})
        self._asked = tuple(
            replace(exercise, notebook="execute", execution=execution)
            for exercise in self._exercises
        )
        source = "from PIL import Image\n\ndef double(x):\n    return x\n\nImage.new('L', (2, 2))"
        files = {PurePosixPath("a.ipynb"): _notebook(source)}
        innocent = Submission(name="a notebook", files=files)
        (graded,) = self._grade([innocent])
        if not graded.notebooks:
            raise GraderError(f"no notebook is run by {engine} without any attack")
        self._watch = Watch(self._ground.folder, self._ground.mark)

    def _run(self, entries: Sequence[_Entry]) -> None:
        for start in range(0, len(entries), _BATCH):
            batch = entries[start : start + _BATCH]
            self._tell(batch[0].attack.row)
            problems = self._together(batch)
            if problems and len(batch) == 1:
                batch[0].problems += problems
            elif problems:
                self._blame(batch, problems)

    def _blame(self, batch: Sequence[_Entry], problems: list[str]) -> None:
        """Run each again with nobody but the neighbours; if none does it alone, all are told."""
        self._watch = Watch(self._ground.folder, self._ground.mark)
        culprits = []
        for entry in batch:
            entry.problems.clear()
            alone = self._together([entry])
            if alone:
                entry.problems += alone
                culprits.append(entry)
                self._watch = Watch(self._ground.folder, self._ground.mark)
        if not culprits:
            batch[0].problems += [
                f"together with the {len(batch) - 1} after it: {p}" for p in problems
            ]

    def _together(self, batch: Sequence[_Entry]) -> list[str]:
        """Judge each attack of a batch; what went wrong for others is returned."""
        ada, ben = self._neighbours
        submissions = [replace(ada, name="ada before")]
        for number, entry in enumerate(batch):
            assert entry.submission is not None
            innocent = ben if number % 2 == 0 else ada
            submissions += [entry.submission, replace(innocent, name=f"neighbour {number}")]
        problems: list[str] = []
        # Blanket: an attack that makes the grader raise, whatever it raises, has succeeded.
        try:
            problems += self._judge(batch, list(self._grade(submissions)))
        except Exception as error:
            problems.append(f"the grader stopped: {type(error).__name__}: {str(error)[:300]}")
        return [*problems, *self._watch.found()]

    def _judge(self, batch: Sequence[_Entry], results: Sequence[GradedAttempt]) -> list[str]:
        """`results` are those of a neighbour and an attack in turn, and of a last neighbour."""
        for entry, graded in zip(batch, results[1::2], strict=True):
            entry.problems += judged(entry.attack, graded, self._ground.tokens, self._wall_seconds)
        ada, ben = self._marks
        wanted = [ben if place % 2 else ada for place in range(len(batch) + 1)]
        if [marks_of(graded.attempt) for graded in results[::2]] != wanted:
            return ["the score of a neighbour changed"]
        return []

    def _grade(self, submissions: Sequence[Submission]) -> Iterator[GradedAttempt]:
        return grade(
            self._ground.course.settings.title,
            "attack",
            self._asked,
            submissions,
            self._sandbox,
            seed=_SEED,
        )
