"""One submission's worker: parsed and loaded once, called batch by batch, replaced when it dies.

A function that ended two workers is not called again; a submission may use up to `max_restarts`
workers after its first. So a loop in one function costs that function, and no other.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.catalog import Exercise
from grader.compare import Asked, clean
from grader.errors import FrameError, GraderError
from grader.messages import say
from grader.model import FunctionState, Submission, Verdict
from grader.protocol import Handle, Likely, Observation, Operation, Raised, Recipe, Value
from grader.runner.asking import Call, call_arguments, wire_cases
from grader.runner.execution import Execution, run_notebook, with_executions
from grader.runner.loaded import (
    Found,
    found_in,
    load_failures,
    load_notes,
    traced_findings,
)
from grader.runner.needs import limits_for, profile_for
from grader.runner.questions import Questions, banned
from grader.runner.unusable import unloadable, unusable, with_failures
from grader.runner.weight import weight_of
from grader.sandbox import Box, BoxFailed, Sandbox

__all__ = ["CallFailed", "StudentWorker"]

STRIKES = 2  # workers that one function may end before it is left alone
MAX_RESTARTS = 5
AGAIN_SECONDS = 30.0  # a notebook that took longer is not executed again when its worker ended
SUBMISSION_LIMITS = 20  # wall_seconds of one submission, in wall_seconds of one case
MOST_AHEAD = 8  # exercises; what is asked about them fits into a socket that nobody reads
TRACE_SECONDS = 0.2  # of one call, which takes well below a millisecond
MAX_ANSWER_BYTES = 64 << 20  # of all answers of one submission: they are kept till its end
_TOO_MUCH = say("failed.too much", limit=MAX_ANSWER_BYTES >> 20)


@dataclass
class CallFailed(Exception):
    """No (further) answer came from the student's function."""

    verdict: Verdict
    sentence: str
    is_untried: bool = False  # the function was not even called


class StudentWorker:
    """Stands for one submission: whatever happens to its boxes, ask and get an answer."""

    def __init__(
        self, sandbox: Sandbox, submission: Submission, exercises: Sequence[Exercise]
    ) -> None:
        self._sandbox = sandbox
        self.submission = submission
        self._questions = Questions(submission)
        self._exercises = {name: e for e in exercises for name in e.names}
        self._all = tuple(exercises)
        self._limits = limits_for(exercises)
        self._profile = profile_for(exercises)
        self.executions: dict[str, Execution] = {}  # by path, as they went the first time
        self._executed: set[str] = set()  # paths of notebooks that this box has executed
        self._box: Box | None = None
        self._in_box: set[str] = set()  # slugs that this box has loaded
        self._found: dict[str, Found] = {}
        self._met: set[str] = set()  # slugs that were loaded, or tried
        self._modes: dict[str, str] = {}
        self._strikes: dict[str, list[BoxFailed]] = {}
        self._stand_ins: tuple[str, ...] = ()
        self._restarts = 0
        self._answer_bytes = 0
        self._max_restarts = max(MAX_RESTARTS, STRIKES * len(self._exercises))
        self._started = time.monotonic()
        self._is_ended = False
        self.cpu_seconds = 0.0

    def begin_ahead(self) -> None:
        """Start the worker, and have it read the files, and load what is loaded first, until
        somebody asks for that."""
        with contextlib.suppress(GraderError):  # whoever asks is told
            box = self._open()
            for exercise in self._all[:MOST_AHEAD]:
                seconds = exercise.limits.wall_seconds
                box.ask_ahead(
                    Operation.PARSE, self._questions.to_parse(exercise), count=1, seconds=seconds
                )
            if len(self._all) <= MOST_AHEAD and not any(one.training for one in self._all):
                self.load_ahead(self._all[0])

    def load_ahead(self, exercise: Exercise) -> None:
        """Have the worker load what is going to be asked for next and was not met before.

        Does nothing for notebooks to be executed first, and where a worker has ended before.
        """
        if self._box is None or self._restarts or exercise.is_executed:
            return
        self._box.ask_ahead(
            Operation.LOAD,
            self._questions.to_load(exercise, "auto"),
            count=1,
            seconds=exercise.limits.wall_seconds,
        )

    def has_met(self, exercise: Exercise) -> bool:
        """Whether the exercise was loaded, or tried to, on behalf of this submission."""
        return exercise.slug in self._met

    def end(self) -> None:
        """Close it for good: what was found stays known, and nothing more is looked at."""
        self._is_ended = True
        self.close()

    def stand_in(self, names: tuple[str, ...]) -> None:
        """From here on, right versions of ours stand in the place of these functions."""
        self.close()
        self._stand_ins = names

    def close(self) -> None:
        """End the worker; what it used stays in `cpu_seconds`."""
        if self._box is not None:
            self.cpu_seconds += self._box.cpu_seconds
            self._box.close()
            self._box = None
            self._in_box.clear()
            self._executed.clear()
            self._questions.for_another_box()

    def found(self, exercise: Exercise) -> Found:
        """What the submission holds for `exercise`; loads it on first use.

        All exercises are parsed before any is loaded: from then on the worker is the student's,
        who could have it say that a file of the next exercise holds nothing forbidden.
        """
        if self._is_ended and exercise.slug not in self._met:
            return unusable(exercise, Verdict.INTERNAL, say("found.unlooked"))
        if not self._found:
            self._started = time.monotonic()
            self._found = {one.slug: self._parse(one) for one in self._all}
        if exercise.slug not in self._met:
            self._met.add(exercise.slug)
            self._load(exercise)
        return self._found[exercise.slug]

    def call(self, asked: Asked, *, seed: int, reset: bool) -> Iterator[Observation]:
        """What each call of a batch did, in order.

        Args:
            asked: the batch.
            seed: of the weights of gradients, and of all generators if they are reset.
            reset: begin with generators as if nothing had been called before.

        Raises:
            CallFailed: after the answers that came, if the worker failed.
        """
        self._refuse_if_given_up(asked.function)
        box = self._ready(self._exercises[asked.function])
        arguments = call_arguments(asked, seed, reset)
        yield from self._stream(
            box, Operation.CALL, arguments, asked.function, len(asked.calls), asked.likely
        )

    def ask_ahead(self, asked: Asked, *, seed: int) -> None:
        """Send a batch that `call`, with `reset`, will ask next whatever comes of the one before.

        Does nothing unless the function is loaded, and where a worker has ended before.
        """
        exercise = self._exercises[asked.function]
        if self._box is None or exercise.slug not in self._in_box or self._restarts:
            return
        self._box.ask_ahead(
            Operation.CALL,
            call_arguments(asked, seed, reset=True),
            count=len(asked.calls),
            seconds=self._seconds_for(exercise),
        )

    def call_handle(
        self, function: str, handle: Handle, calls: Sequence[Call]
    ) -> Iterator[Observation]:
        """The same for an object that `function` returned before."""
        if self._box is None:
            raise CallFailed(Verdict.ERROR, say("failed.gone", name=function))
        arguments: dict[str, Value] = {"handle": handle, "cases": wire_cases(calls)}
        yield from self._stream(self._box, Operation.CALL_HANDLE, arguments, function, len(calls))

    def trace(
        self,
        exercise: Exercise,
        calls: Mapping[str, Sequence[Call]],
        *,
        again: bool,
    ) -> None:
        """Add the forbidden calls that functions make on these calls to what was found.

        Best effort: where no answer comes, nothing is found. `again`: start a worker if need be.
        """
        asked: dict[Value, Value] = {
            name: [wire_cases(some), banned(self._exercises[name], name), ""]
            for name, some in calls.items()
            if some and name not in self._strikes
        }
        if not asked or (self._box is None and not again):
            return
        arguments: dict[str, Value] = {"functions": asked, "seconds": TRACE_SECONDS}
        try:
            box = self._ready(exercise)
            seconds = self._seconds_for(exercise)
            reply = box.request(Operation.TRACE, arguments, seconds=seconds)
            found = self._found[exercise.slug]
            traced = tuple(f for f in traced_findings(reply) if f.function in asked)
            self._found[exercise.slug] = replace(found, findings=(*found.findings, *traced))
        except CallFailed:
            return
        except (BoxFailed, FrameError):
            self._lose()

    @property
    def held_bytes(self) -> int:
        """What its answers and pictures take in the grader for as long as they are kept."""
        return self._answer_bytes + sum(run.picture_bytes for run in self.executions.values())

    def _stream(
        self,
        box: Box,
        operation: Operation,
        arguments: dict[str, Value],
        function: str,
        count: int,
        likely: Sequence[Likely | None] = (),
    ) -> Iterator[Observation]:
        exercise = self._exercises[function]
        expected = iter(likely)
        try:
            for observation in box.stream(
                operation,
                arguments,
                count=count,
                seconds=self._seconds_for(exercise),
                likely=likely,
            ):
                guess = next(expected, None)
                if guess is None or observation is not guess.observation:  # that one is held anyway
                    self._answer_bytes += weight_of(observation)
                if self._answer_bytes > MAX_ANSWER_BYTES:
                    raise BoxFailed(Verdict.ERROR, _TOO_MUCH)
                yield observation
        except BoxFailed as failure:
            self._strikes.setdefault(function, []).append(failure)
            self._lose()
            raise CallFailed(failure.verdict, failure.sentence) from None

    def _refuse_if_given_up(self, function: str) -> None:
        strikes = self._strikes.get(function, [])
        if len(strikes) >= STRIKES:
            raise CallFailed(
                strikes[-1].verdict,
                say("failed.strikes", name=function, n=STRIKES, sentence=strikes[-1].sentence),
                is_untried=True,
            )
        if self._restarts > self._max_restarts:
            raise CallFailed(Verdict.ERROR, say("failed.restarts"))
        if self._answer_bytes > MAX_ANSWER_BYTES:
            raise CallFailed(Verdict.ERROR, _TOO_MUCH)
        if self._seconds_left() <= 0:
            raise CallFailed(Verdict.TIMEOUT, say("failed.all time"))

    def _seconds_left(self) -> float:
        allowed = SUBMISSION_LIMITS * self._limits.wall_seconds
        return max(0.0, self._started + allowed - time.monotonic())

    def _seconds_for(self, exercise: Exercise) -> float:
        return min(exercise.limits.wall_seconds, self._seconds_left())

    def _ready(self, exercise: Exercise) -> Box:
        """A box in which the exercise is loaded."""
        if self._box is not None and exercise.slug in self._in_box:
            return self._box
        self.found(exercise)
        self._load(exercise)
        if self._box is None or exercise.slug not in self._in_box:
            raise CallFailed(Verdict.ERROR, say("unread.again"))
        return self._box

    def _open(self) -> Box:
        if self._box is None:
            self._box = self._sandbox.spawn(self._limits, self._profile)
        return self._box

    def _lose(self) -> None:
        self._restarts += 1
        self.close()

    def _parse(self, exercise: Exercise) -> Found:
        try:
            reply = self._open().request(
                Operation.PARSE,
                self._questions.to_parse(exercise),
                seconds=exercise.limits.wall_seconds,
            )
            if isinstance(reply, Raised):
                return unusable(
                    exercise, Verdict.ERROR, say("unread.files.why", error=clean(reply.text))
                )
            return found_in(reply, exercise.names)
        except BoxFailed as failure:
            self._lose()
            return unusable(
                exercise, failure.verdict, say("unread.reading", sentence=failure.sentence)
            )
        except FrameError:
            self._lose()
            return unusable(exercise, Verdict.ERROR, say("unread.files"))

    def _load(self, exercise: Exercise) -> None:
        """Load into the present box; on failure once more, with definitions only."""
        found = self._found[exercise.slug]
        wanted = [n for n, f in found.functions.items() if f.state is FunctionState.WRITTEN]
        if not any(found.functions[name].verdict is None for name in wanted):
            return
        mode = self._modes.get(exercise.slug, "auto")
        try:
            self._load_once(exercise, wanted, mode)
        except BoxFailed:
            self._lose()
            self._modes[exercise.slug] = mode = "definitions"
            try:
                self._load_once(exercise, wanted, mode)
            except BoxFailed as failure:
                self._lose()
                self._found[exercise.slug] = unloadable(found, failure)
        if exercise.is_executed:
            self._found[exercise.slug] = with_executions(
                self._found[exercise.slug], self.executions
            )

    def _load_once(self, exercise: Exercise, wanted: list[str], mode: str) -> None:
        found = self._found[exercise.slug]
        limit = exercise.limits.wall_seconds
        box = self._open()
        if exercise.is_executed and mode == "auto":
            mode = self._execute(box, exercise, sorted(_notebooks_of(found)))
        reply = box.request(Operation.LOAD, self._questions.to_load(exercise, mode), seconds=limit)
        if isinstance(reply, Raised):
            raise BoxFailed(Verdict.ERROR, say("unread.loading failed", error=clean(reply.text)))
        try:
            failures = load_failures(reply, tuple(wanted))
        except FrameError:
            raise BoxFailed(Verdict.ERROR, say("failed.empty")) from None
        for name in self._stand_ins:
            recipe = Recipe(name="stand_in", arguments={"function": name})
            named: dict[str, Value] = {"function": name, "recipe": recipe}
            box.request(Operation.SUBSTITUTE, named, seconds=limit)
        self._in_box.add(exercise.slug)
        known = (*found.notes, *load_notes(reply))
        found = replace(found, notes=tuple(dict.fromkeys(known)))
        self._found[exercise.slug] = with_failures(found, failures)

    def _execute(self, box: Box, exercise: Exercise, paths: Sequence[str]) -> str:
        """Run the notebooks that hold its functions; the mode to load them in.

        Raises:
            BoxFailed: one of them ended the process.
        """
        for path in paths:
            if path in self._executed:
                continue
            before = self.executions.get(path)
            if before is not None and before.seconds > AGAIN_SECONDS:
                self._modes[exercise.slug] = "definitions"
                return "definitions"
            limit = exercise.limits.output_bytes
            execution = run_notebook(box, self._questions.files, path, exercise.execution, limit)
            self._started += execution.seconds  # it has limits of its own
            self.executions.setdefault(path, execution)
            if execution.failure is not None:
                raise execution.failure
            self._executed.add(path)
        return "executed" if paths else "auto"


def _notebooks_of(found: Found) -> set[str]:
    """The notebooks among the files that functions were found in."""
    functions = found.functions.values()
    return {f.path for f in functions if f.state is FunctionState.WRITTEN and f.cell is not None}
