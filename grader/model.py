"""The result of grading as frozen, versioned data; it holds no live objects, no HTML, no paths.

    Attempt ── SubmissionInfo                what was handed in: name, hash, file names
      ├─ PastAttempt                         an earlier attempt, for what changed since
      ├─ ExerciseResult                      one topic, e.g. `padding`
      │    ├─ FunctionResult                 state and points of one function to write
      │    │    └─ TestResult                one hidden test: verdict, points, Mismatch, hint
      │    ├─ Source                         the student's text, for the page
      │    └─ TrainingResult                 (the capstone's training, where an exercise has one)
      └─ Provenance                          versions, device, tier of isolation, limits

A *case* is one call of the function under test. Points are exact fractions and stand as "p/q" in
JSON; non-finite numbers stand as the strings "nan", "inf", "-inf". The same results give the same
bytes; only members called `measured` may differ between two runs on the same input.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from math import isqrt, prod
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, TypeAdapter, WithJsonSchema

__all__ = [
    "SCHEMA_VERSION",
    "Array",
    "Attempt",
    "Attribution",
    "Audience",
    "CurvePoint",
    "DeadChannels",
    "Described",
    "ExerciseResult",
    "Facet",
    "Flag",
    "FunctionResult",
    "FunctionState",
    "Isolation",
    "LayerReport",
    "Limits",
    "Measured",
    "Mismatch",
    "Mistake",
    "Note",
    "PastAttempt",
    "Points",
    "Provenance",
    "Show",
    "Source",
    "Submission",
    "SubmissionInfo",
    "TestResult",
    "Tier",
    "TrainingMeasured",
    "TrainingResult",
    "Verdict",
    "attempt_from_json",
    "attempt_schema",
    "attempt_to_json",
    "flat_indices",
    "window_around",
]

SCHEMA_VERSION = 1


class Verdict(enum.StrEnum):
    """What one test, or one function as a whole, came to."""

    PASSED = "PASSED"
    FAILED = "FAILED"  # it answered, and the answer is wrong
    ERROR = "ERROR"  # it crashed, or what it sent was no answer
    TIMEOUT = "TIMEOUT"
    MEMORY = "MEMORY"
    OUTPUT = "OUTPUT"  # it printed more than the limit
    FORBIDDEN = "FORBIDDEN"  # it calls what the exercise asks to write
    SKIPPED = "SKIPPED"  # not run: the function is missing or a stub
    INTERNAL = "INTERNAL"  # our fault: voids the attempt, never costs points


class Attribution(enum.StrEnum):
    """Whose doing it is that a test did not pass."""

    STUDENT = "student"
    AUTHOR = "author"  # of the hidden test
    BUDGET = "budget"  # time, memory or output ran out: perhaps ours was too small
    MACHINE = "machine"


class FunctionState(enum.StrEnum):
    """Whether a function was handed in at all."""

    MISSING = "MISSING"
    STUB = "STUB"
    WRITTEN = "WRITTEN"


class Tier(enum.StrEnum):
    """How demanding a hidden test is; a function's points split over the tiers."""

    BASIC = "basic"
    PARAMETERS = "parameters"
    EDGE = "edge"


class Facet(enum.StrEnum):
    """The side of a call in which it differs from the oracle."""

    EXCEPTION = "exception"  # it raised, the oracle did not
    NO_EXCEPTION = "no exception"  # it returned where an error is stated
    TYPE = "type"
    SHAPE = "shape"
    DTYPE = "dtype"
    VALUE = "value"
    MUTATION = "mutation"
    GRADIENT = "gradient"
    REPEATABLE = "repeatable"
    CRASH = "crash"  # no answer came: see the verdict


class Show(enum.StrEnum):
    """How much of a test its student may see."""

    EXPLAIN = "explain"
    HINT = "hint"
    VERDICT = "verdict"
    HIDDEN = "hidden"


class Isolation(enum.StrEnum):
    """The tier of isolation that was proven before grading, strongest first."""

    NAMESPACES = "namespaces"
    LANDLOCK = "landlock"
    PROCESS = "process"


class Audience(enum.StrEnum):
    """Whom a view of the results is for."""

    STUDENT = "student"
    STAFF = "staff"


def _fraction(value: object) -> Fraction:
    if isinstance(value, (Fraction, int, str)):
        return Fraction(value)
    raise ValueError(f"points are written as 'p/q', got {value!r}")


Points = Annotated[
    Fraction,
    BeforeValidator(_fraction),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(/\d+)?$"}),
]

Number = int | float | str | bool
"""A finite number, a truth value, or "nan", "inf", "-inf" or a complex number as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What was handed in, as bytes; nothing here has been parsed."""

    name: str
    files: Mapping[PurePosixPath, bytes]

    @property
    def sha256(self) -> str:
        """Hash over the sorted names and the bytes, each with its length."""
        digest = hashlib.sha256()
        for path in sorted(self.files):
            for part in (str(path).encode("utf-8", "surrogatepass"), self.files[path]):
                digest.update(len(part).to_bytes(8, "big"))
                digest.update(part)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionInfo:
    """What results keep of a submission."""

    name: str
    sha256: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Array:
    """A tensor or array as text: `values` row-major and exact, at most 256 of them.

    A truncated array holds its first values or, if `window` is given, those of a part of this
    shape whose first element is at `start`.
    """

    dtype: str
    shape: tuple[int, ...]
    values: tuple[Number, ...]
    truncated: bool = False
    start: tuple[int, ...] = ()
    window: tuple[int, ...] = ()

    def around(self, at: tuple[int, ...] | None, most: int) -> Array:
        """At most `most` elements: a part around `at`, the first ones if that is not among them."""
        if len(self.values) <= most:
            return self
        held = self.window or self.shape
        start = self.start or (0,) * len(held)
        inside = None if at is None else tuple(i - s for i, s in zip(at, start, strict=False))
        found = None if inside is None else window_around(held, inside, most)
        if at is None or len(at) != len(held) or found is None or len(self.values) != prod(held):
            return replace(self, values=self.values[:most], truncated=True, start=(), window=())
        first, window = found
        return replace(
            self,
            values=tuple(self.values[flat] for flat in flat_indices(held, first, window)),
            truncated=True,
            start=tuple(a + b for a, b in zip(start, first, strict=True)),
            window=window,
        )


def window_around(
    shape: tuple[int, ...], at: tuple[int, ...], most: int
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """First index and shape of a part of at most `most` elements with `at` near its middle.

    It is about square in the last two axes, whole rows where they fit; None if `at` is outside.
    """
    if (
        not shape
        or len(at) != len(shape)
        or not all(0 <= i < n for i, n in zip(at, shape, strict=True))
    ):
        return None
    rows, columns = (shape[-2] if len(shape) > 1 else 1), shape[-1]
    wide = min(columns, max(isqrt(most), most // rows))
    sizes: list[int] = []
    left = most
    for size, limit in zip(reversed(shape), (wide, *shape[-2::-1]), strict=True):
        sizes.insert(0, min(size, limit, max(1, left)))
        left //= sizes[0]
    start = (
        min(max(0, i - size // 2), n - size) for i, size, n in zip(at, sizes, shape, strict=True)
    )
    return tuple(start), tuple(sizes)


def flat_indices(
    shape: tuple[int, ...], start: tuple[int, ...], window: tuple[int, ...]
) -> Iterator[int]:
    """Where the elements of a part lie in the row-major order of the whole."""
    for position in product(*(range(s, s + size) for s, size in zip(start, window, strict=True))):
        flat = 0
        for size, i in zip(shape, position, strict=True):
            flat = flat * size + i
        yield flat


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A value for a reader: one line of text and, for tensors and arrays, the numbers."""

    text: str
    array: Array | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """The smallest failing case of a test: what was asked, expected and got.

    `at` is the index of the first element that differs, for arrays of equal shape. `failing` of
    `total` cases failed. `snippet` is Python that repeats the call. `path` is empty where `line` is
    in the file of the function; `cell` counts a notebook's code cells, and `line` inside that one.
    """

    facet: Facet
    sentence: str
    call: str
    arguments: tuple[Described, ...] = ()
    expected: Described | None = None
    got: Described | None = None
    at: tuple[int, ...] | None = None
    failing: int = 1
    total: int = 1
    snippet: str = ""
    line: int | None = None
    path: str = ""
    cell: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something worth knowing that neither gives nor takes points."""

    text: str
    path: str = ""
    line: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What may differ from run to run: wall-clock and processor time."""

    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """One hidden test. `id` is stable over runs: `slug::function::test_name`."""

    __test__ = False  # pytest: not a test class

    id: str
    function: str
    title: str
    tier: Tier
    verdict: Verdict
    points: Points
    max_points: Points
    states: str = ""
    sentence: str = ""
    mismatch: Mismatch | None = None
    hint: str = ""
    misconception: str = ""
    show: Show = Show.EXPLAIN
    needs_basic: bool = False
    notes: tuple[Note, ...] = ()
    measured: Measured = field(default_factory=Measured)
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionResult:
    """One function to write. `sentence` says what is wrong with the function as a whole, if so.

    `requires` names the functions it builds on. `right_when` holds conditions under which it
    answers right, each the end of "right whenever …": "padding is 0"; `ignores` the options that
    change nothing in its answers though they should.
    """

    name: str
    state: FunctionState
    verdict: Verdict
    points: Points
    max_points: Points
    tests: tuple[TestResult, ...]
    path: str = ""
    line: int | None = None
    nearest: str = ""
    sentence: str = ""
    hint: str = ""
    misconception: str = ""
    notes: tuple[Note, ...] = ()
    cell: int | None = None
    requires: tuple[str, ...] = ()
    right_when: tuple[str, ...] = ()
    ignores: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A student's file, or one cell of a notebook, as cleaned text for the page.

    `kind` is "code" or "markdown"; `output` is the text that a notebook holds under the cell.
    `pictures` are PNG in base64 that a box encoded anew, where the notebook was executed.
    """

    path: str
    text: str
    cell: int | None = None
    truncated: bool = False
    kind: str = "code"
    output: str = ""
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """The mean loss of the training steps since the point before; `epoch` counts from 0."""

    step: int
    epoch: float
    loss: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerReport:
    """One parameter of the trained model, looked at once: report only.

    `update_ratio` is the size of one step over the size of the weights.
    """

    name: str
    shape: tuple[int, ...]
    gradient_norm: Number
    update_ratio: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadChannels:
    """How many channels of one rectifier, counted in the order of forward, never fire."""

    channels: int
    dead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One held-out image that was taken for another class, with confidence.

    `pixels` are its grey levels row by row, one byte each, in base64.
    """

    label: int
    predicted: int
    probability: Number
    size: tuple[int, int]
    pixels: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something that an honest model hardly shows: for staff to look at, worth no points."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingMeasured:
    """What may differ from run to run.

    `budget_used` is in reference epochs: CPU time of the training over the CPU time that one epoch
    of the reference model took beside it.
    """

    budget_used: Number = 0.0
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    reference_epoch_seconds: float = 0.0
    milliseconds_per_image: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingResult:
    """One training run. `accuracy` is a fraction in [0, 1] of the held-out images; None if the
    run came to none.

    `confusion[i][j]` counts images of class i that were taken for j. `filters` are the weights of
    the first convolution. `flags` and `mistakes` are not for students before the due date. Credit
    for accuracy rises over `band`: none below its first number, all from its second on.
    """

    data: str
    is_subset: bool
    classes: tuple[str, ...]
    images: int
    held_out: int
    seed: int
    device: str
    threads: int
    contract: str  # "steps" or "train"
    own_step: bool
    epochs: int
    batch_size: int
    steps: int
    optimizer: str
    parameters: int
    macs: int
    budget: float
    accuracy: float | None
    correct: int
    baseline: float | None  # accuracy before training
    curve: tuple[CurvePoint, ...] = ()
    confusion: tuple[tuple[int, ...], ...] = ()
    layers: tuple[LayerReport, ...] = ()
    rectifiers: tuple[DeadChannels, ...] = ()
    filters: Array | None = None
    mistakes: tuple[Mistake, ...] = ()
    parameters_sha256: str = ""
    flags: tuple[Flag, ...] = ()
    notes: tuple[Note, ...] = ()
    accuracies: tuple[float, ...] = ()  # of further seeds, with --repeat
    band: tuple[float, float] | None = None
    max_parameters: int = 0  # 0: not told
    measured: TrainingMeasured = field(default_factory=TrainingMeasured)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseResult:
    """One exercise of one attempt. `concept` is where the topic is taught."""

    slug: str
    title: str
    score_fingerprint: str
    feedback_fingerprint: str
    seed: int
    functions: tuple[FunctionResult, ...]
    concept: str = ""
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    measured: Measured = field(default_factory=Measured)
    training: TrainingResult | None = None

    @property
    def points(self) -> Fraction:
        return sum((f.points for f in self.functions), Fraction(0))

    @property
    def max_points(self) -> Fraction:
        return sum((f.max_points for f in self.functions), Fraction(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one submission may use. Units stand in the names; `processes` 0 denies fork.

    `wall_seconds` bounds one call; 20 times as much is there for the whole submission.
    `cpu_seconds` bounds each process that its code runs in.
    """

    wall_seconds: float = 4.0
    cpu_seconds: float = 20.0
    memory_bytes: int = 1 << 30
    output_bytes: int = 1 << 20
    scratch_bytes: int = 64 << 20
    processes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What else the result depends on."""

    grader: str
    python: str
    torch: str
    machine: str
    device: str
    isolation: Isolation


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAttempt:
    """What an attempt's page says of an earlier one; `failing` are the ids of its failed tests."""

    number: int
    points: Points
    max_points: Points
    failing: tuple[str, ...] = ()
    handed_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Everything that came of grading one submission once.

    `is_void`: the grader or the machine failed, so these results must not count. `reference` is
    what a question about these results quotes; `history` holds the earlier attempts, oldest first.
    """

    submission: SubmissionInfo
    course: str
    assignment: str
    exercises: tuple[ExerciseResult, ...]
    provenance: Provenance
    audience: Audience = Audience.STAFF
    notes: tuple[Note, ...] = ()
    schema_version: int = SCHEMA_VERSION
    measured: Measured = field(default_factory=Measured)
    reference: str = ""
    history: tuple[PastAttempt, ...] = ()

    @property
    def points(self) -> Fraction:
        return sum((e.points for e in self.exercises), Fraction(0))

    @property
    def max_points(self) -> Fraction:
        return sum((e.max_points for e in self.exercises), Fraction(0))

    @property
    def is_void(self) -> bool:
        return any(
            test.verdict is Verdict.INTERNAL
            for exercise in self.exercises
            for function in exercise.functions
            for test in function.tests
        ) or any(
            function.verdict is Verdict.INTERNAL
            for exercise in self.exercises
            for function in exercise.functions
        )


_ATTEMPT: TypeAdapter[Attempt] = TypeAdapter(Attempt)


def attempt_to_json(attempt: Attempt) -> bytes:
    """UTF-8 JSON, indented, member order as declared: the same results give the same bytes."""
    return _ATTEMPT.dump_json(attempt, indent=2) + b"\n"


def attempt_from_json(text: bytes) -> Attempt:
    """Read what `attempt_to_json` wrote.

    Raises:
        pydantic.ValidationError: the text is not JSON of this schema.
    """
    return _ATTEMPT.validate_json(text)


def attempt_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of results.json and results.staff.json."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_ATTEMPT.json_schema(mode="serialization"),
    }
