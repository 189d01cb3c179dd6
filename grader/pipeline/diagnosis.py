"""Hints: runs the known wrong answers of a function that failed, and names the one it matches.

Wrong answers run like submissions, in boxes of their own. Their answers are kept as frames in a
cache on disk, one file per exercise state, wrong answer and seed, since they never change.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import torch

from grader.catalog import Exercise, WrongAnswer
from grader.compare import Answers, Batch, Recording
from grader.errors import ExerciseError, FrameError
from grader.messages import say
from grader.misconceptions import Group, Table, group_of, matching, right_when
from grader.model import ExerciseResult, FunctionResult, Submission, TestResult, Verdict
from grader.pipeline.replies import pack_replies, unpack_replies
from grader.protocol import Value
from grader.runner import run
from grader.runner.arity import defaults
from grader.sandbox import Sandbox

__all__ = ["Diagnosis", "hint_of", "wrong_answer_submission"]

_DIAGNOSED = (Verdict.FAILED, Verdict.ERROR)


@dataclass(slots=True)
class Diagnosis:
    """Tables of wrong answers, made on first need.

    `cache`: a folder for them, or None to keep them in memory only.
    """

    sandbox: Sandbox
    seed: int
    cache: Path | None = None
    _tables: dict[tuple[str, str], tuple[Table, ...]] = field(default_factory=dict)
    _options: dict[str, Mapping[str, Mapping[str, Value]]] = field(default_factory=dict)

    def explain(
        self, exercise: Exercise, result: ExerciseResult, recording: Recording
    ) -> ExerciseResult:
        """`result` with the hints that fit its failed functions."""
        functions = tuple(self._explain(exercise, f, recording) for f in result.functions)
        return replace(result, functions=functions)

    def prepare(self, exercises: Sequence[Exercise]) -> None:
        """Have all tables at hand: afterwards, `explain` runs nothing."""
        for exercise in exercises:
            for name in exercise.names:
                self.tables(exercise, name)

    def know(self, exercise: Exercise, answers: Mapping[WrongAnswer, Answers]) -> None:
        """Take the answers of all wrong answers of an exercise from runs that were made anyway."""
        for name in exercise.names:
            self._tables[exercise.slug, name] = tuple(
                Table(function=name, name=wrong.name, hint=hint_of(wrong), answers=found)
                for wrong, found in answers.items()
                if wrong.function == name
            )

    def tables(self, exercise: Exercise, function: str) -> tuple[Table, ...]:
        """The tables of all wrong answers of one function."""
        key = (exercise.slug, function)
        if key not in self._tables:
            known = [w for w in exercise.wrong_answers if w.function == function]
            answers = {w: self._cached(exercise, w) for w in known}
            self._run(exercise, answers)
            self._tables[key] = tuple(
                Table(function=function, name=w.name, hint=hint_of(w), answers=found or {})
                for w, found in answers.items()
            )
        return self._tables[key]

    def _explain(
        self, exercise: Exercise, function: FunctionResult, recording: Recording
    ) -> FunctionResult:
        if not any(test.verdict in _DIAGNOSED for test in function.tests):
            return function
        batches = list(recording.of(function.name))
        matches = matching(batches, self.tables(exercise, function.name))
        certain = {g: found[0] for g, found in matches.items() if _is_one(found)}
        returned = _returned(batches)
        if returned and not any(returned) and Group.VALUES not in certain:
            certain = {}  # what is not there has no gradient either
        tests = tuple(_hinted(test, batches, certain) for test in function.tests)
        first = next((test for test in tests if test.hint), None)
        return replace(
            function,
            tests=tests,
            hint=first.hint if first else _told_without_table(function, returned),
            misconception=first.misconception if first else "",
            right_when=right_when(batches, self._defaults(exercise).get(function.name, {})),
        )

    def _defaults(self, exercise: Exercise) -> Mapping[str, Mapping[str, Value]]:
        if exercise.slug not in self._options:
            self._options[exercise.slug] = defaults(exercise.reference)
        return self._options[exercise.slug]

    def _run(self, exercise: Exercise, answers: dict[WrongAnswer, Answers | None]) -> None:
        """Run what the cache does not hold."""
        due = [wrong for wrong, found in answers.items() if found is None]
        submissions = [wrong_answer_submission(exercise, wrong) for wrong in due]
        graded = run([exercise], submissions, self.sandbox, seed=self.seed)
        for wrong, one in zip(due, graded, strict=True):
            answers[wrong] = one.recordings.get(exercise.slug, Recording()).answers()
            if _is_settled(one.exercises[0]):
                self._store(exercise, wrong, answers[wrong] or {})

    def _path(self, exercise: Exercise, wrong: WrongAnswer) -> Path | None:
        if self.cache is None:
            return None
        digest = hashlib.sha256(wrong.path.read_bytes()).hexdigest()[:16]
        versions = f"{importlib.metadata.version('cnn-grader')}-{torch.__version__}"
        name = f"{exercise.slug}-{exercise.score_fingerprint}-{digest}-{self.seed}-{versions}.frame"
        return self.cache / name

    def _cached(self, exercise: Exercise, wrong: WrongAnswer) -> Answers | None:
        path = self._path(exercise, wrong)
        if path is None:
            return None
        try:
            return unpack_replies(path.read_bytes()).get(exercise.slug)
        except (OSError, FrameError):
            return None

    def _store(self, exercise: Exercise, wrong: WrongAnswer, answers: Answers) -> None:
        path = self._path(exercise, wrong)
        data = pack_replies({exercise.slug: answers})
        if path is None or not data:
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}")
            part.write_bytes(data)
            part.replace(path)
        except OSError:
            pass  # a cache that cannot be written only costs time


def _is_settled(result: ExerciseResult) -> bool:
    """Whether the same run would give the same answers: nothing was cut short by a busy machine."""
    passing = (Verdict.TIMEOUT, Verdict.INTERNAL)
    return not any(t.verdict in passing for f in result.functions for t in f.tests)


def _returned(batches: Sequence[Batch]) -> list[bool]:
    """Where a value was due and nothing was raised: whether there was one."""
    return [
        one.result is not None
        for batch in batches
        if batch.asked.is_of_values
        for one, wanted in zip(batch.got, batch.asked.expected, strict=False)
        if one.raised is None and wanted is not None and wanted.result is not None
    ]


def _told_without_table(function: FunctionResult, returned: Sequence[bool]) -> str:
    """What can be said of a mistake that is in no table: nothing is returned, or which options
    have no effect."""
    if not all(returned):
        return "" if any(returned) else say("hint.nothing")
    if not function.ignores:
        return ""
    named = say("or").join(f"`{name}`" for name in function.ignores)
    return say("hint.no effect", names=named)


def _is_one(found: Sequence[Table]) -> bool:
    """Several wrong answers with one and the same hint are one mistake."""
    return len({table.hint for table in found}) == 1


def _hinted(test: TestResult, batches: Sequence[Batch], certain: dict[Group, Table]) -> TestResult:
    if test.verdict not in _DIAGNOSED:
        return test
    groups = {
        group_of(batch.asked, index)
        for batch in batches
        if batch.test_id == test.id
        for index in range(len(batch.got))
    }
    # finite cases come first: a mistake there explains what nan and infinities show as well
    table = next((certain[group] for group in Group if group in groups & certain.keys()), None)
    if table is None:
        return test
    return replace(test, hint=table.hint, misconception=table.name)


def wrong_answer_submission(exercise: Exercise, wrong: WrongAnswer) -> Submission:
    """The wrong answer as if it had been handed in; its hint stays at home."""
    path = PurePosixPath(f"{exercise.slug}.py")
    return Submission(name=f"{wrong.function}/{wrong.name}", files={path: wrong.path.read_bytes()})


def hint_of(wrong: WrongAnswer) -> str:
    """The docstring of a wrong answer, as one paragraph.

    Raises:
        ExerciseError: it has none.
    """
    try:
        text = ast.get_docstring(ast.parse(wrong.path.read_text(encoding="utf-8")))
    except SyntaxError as error:
        raise ExerciseError(f"{wrong.path}:{error.lineno}: {error.msg}") from None
    if not text:
        raise ExerciseError(f"{wrong.path}: it needs a docstring: the hint for the learner")
    return " ".join(text.split())
