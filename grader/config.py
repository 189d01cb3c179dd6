"""The settings that authors write, course.toml and exercise.toml, checked with "did you mean".

    course.toml      CourseFile ── [assignment.NAME] AssignmentFile
    exercise.toml    ExerciseFile ── [functions.NAME] FunctionSettings, [limits], [tiers]

Nothing here looks at any other file; `catalog` puts the pieces together.
"""

from __future__ import annotations

import datetime
import difflib
import re
import tomllib
import zoneinfo
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from grader.errors import CourseError
from grader.model import Limits, Show, Tier

__all__ = [
    "AssignmentFile",
    "CourseFile",
    "ExecutionSettings",
    "ExerciseFile",
    "ExtensionSettings",
    "FunctionSettings",
    "GateSettings",
    "LateRule",
    "TrainingSettings",
    "read_settings",
]


def _zone(name: object) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(str(name))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones: "Europe"
        return None


def _time_zone(name: str) -> str:
    if _zone(name) is None:
        raise ValueError(f"{name!r} is no time zone; write one like 'Europe/Berlin'")
    return name


def _positive(value: Fraction) -> Fraction:
    if value <= 0:
        raise ValueError("points are above 0")
    return value


def _exact(value: object) -> object:
    """Points as written: 2, "1/2" or 0.5, which is taken for its decimal text."""
    if not isinstance(value, (int, float, str)):
        return value
    try:
        return Fraction(str(value))
    except ZeroDivisionError:
        raise ValueError(f"{value!r} is no number") from None


PositivePoints = Annotated[Fraction, BeforeValidator(_exact), AfterValidator(_positive)]
Seconds = Annotated[float, Field(gt=0, le=86_400)]


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class FunctionSettings(_Settings):
    """One function to write. `forbidden`: dotted prefixes; "Tensor.relu" means the method.

    `by = "training"`: no hidden test asks it; a training run decides its points.
    """

    points: PositivePoints
    by: Literal["tests", "training"] = "tests"
    requires: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


class LimitSettings(_Settings):
    """See model.Limits for what each one bounds."""

    wall_seconds: Seconds = Limits().wall_seconds
    cpu_seconds: Seconds = Limits().cpu_seconds
    memory_bytes: Annotated[int, Field(ge=64 << 20)] = Limits().memory_bytes
    output_bytes: Annotated[int, Field(ge=0)] = Limits().output_bytes
    scratch_bytes: Annotated[int, Field(ge=1 << 20)] = Limits().scratch_bytes
    processes: Annotated[int, Field(ge=0, le=256)] = Limits().processes

    def limits(self) -> Limits:
        return Limits(**self.model_dump())


class TierShares(_Settings):
    """How a function's points split over the tiers, in per cent or any other unit."""

    basic: Annotated[int, Field(ge=0)] = 60
    parameters: Annotated[int, Field(ge=0)] = 25
    edge: Annotated[int, Field(ge=0)] = 15

    def share(self, tier: Tier) -> int:
        share: int = getattr(self, tier.value)
        return share


Share = Annotated[float, Field(ge=0, le=1)]


class GateSettings(_Settings):
    """The band of accuracy over which credit rises, as `grader calibrate` measured it.

    All shares are fractions in [0, 1] of held-out images. `false_fail` is the probability that
    the reference, trained with another seed, misses `full_from`. `official_difference` is the
    accuracy on the official test images minus that on the held-out ones, in the same runs.
    """

    none_below: Share
    full_from: Share
    mean: Share
    sd: Share
    seeds: Annotated[int, Field(ge=1)]
    false_fail: Share
    official_difference: Annotated[float, Field(ge=-1, le=1)] = 0.0
    conditions: str = ""

    @model_validator(mode="after")
    def _rises(self) -> GateSettings:
        if self.none_below >= self.full_from:
            raise ValueError("`none_below` must lie below `full_from`")
        return self


class GatesSettings(_Settings):
    """One band for the full data set, one for the committed subset."""

    full: GateSettings | None = None
    subset: GateSettings | None = None


class TrainingSettings(_Settings):
    """[training]: what a submitted model is trained on, and within which budgets.

    `budget` is in reference epochs: the time that one epoch of LeNet takes on the same images on
    the same machine. `wall_seconds` is the kill, far above the budget. On the committed subset an
    epoch shows every image `subset_passes` times. `layout` is how images and kernels lie in memory.
    """

    dataset: str = "mnist"
    held_out: Annotated[int, Field(ge=10)] = 10_000
    budget: Annotated[float, Field(gt=0, le=1000)] = 2.0
    max_parameters: Annotated[int, Field(ge=1)] = 100_000
    max_epochs: Annotated[int, Field(ge=1)] = 20
    max_batch_size: Annotated[int, Field(ge=1)] = 4096
    wall_seconds: Seconds = 900.0
    memory_bytes: Annotated[int, Field(ge=256 << 20)] = 2 << 30
    output_bytes: Annotated[int, Field(ge=0)] = 64 << 20
    subset_passes: Annotated[int, Field(ge=1, le=100)] = 8
    rungs: Annotated[int, Field(ge=1, le=20)] = 5
    layout: Literal["contiguous", "channels-last"] = "contiguous"
    gate: GatesSettings = GatesSettings()


class ExecutionSettings(_Settings):
    """[execution]: what running a notebook from top to bottom may take, in wall time, and by what
    it is run."""

    engine: Literal["ipython", "nbclient"] = "ipython"
    cell_seconds: Seconds = 60.0
    total_seconds: Seconds = 300.0


class ExerciseFile(_Settings):
    """exercise.toml: one topic with one to five functions."""

    title: Annotated[str, Field(min_length=1)]
    concept: str = ""
    imports: tuple[str, ...] = ("math", "torch", "numpy")
    notebook: Literal["definitions", "execute"] = "definitions"
    profile: Literal["functions", "kernel", "train", "train-cuda"] = "functions"
    functions: Annotated[dict[str, FunctionSettings], Field(min_length=1)]
    limits: LimitSettings = LimitSettings()
    execution: ExecutionSettings = ExecutionSettings()
    training: TrainingSettings | None = None
    tiers: TierShares = TierShares()

    @model_validator(mode="after")
    def _functions_are_identifiers(self) -> ExerciseFile:
        for name in self.functions:
            if not name.isidentifier():
                raise ValueError(f"[functions.{name}]: not a Python name")
        return self


class LateRule(_Settings):
    """What a late submission costs: nothing, a share a day after free days, or everything."""

    rule: Literal["none", "per-day", "cut-off"] = "none"
    share_per_day: PositivePoints = Fraction(1, 10)
    free_days: Annotated[int, Field(ge=0)] = 0
    grace_minutes: Annotated[int, Field(ge=0)] = 0


def _end_of_day(value: object) -> object:
    """A day without a time means all of it."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        value = datetime.date.fromisoformat(value)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return datetime.datetime.combine(value, datetime.time(23, 59, 59))
    return value


def _placed(moment: datetime.datetime | None, info: ValidationInfo) -> datetime.datetime | None:
    """By the clock of the course, whose settings are the context."""
    settings = info.context or {}
    zone = _zone(settings.get("time_zone", "UTC")) or datetime.UTC  # a wrong one is told by itself
    if moment is None or moment.tzinfo is None:
        return moment and moment.replace(tzinfo=zone)
    try:
        return moment.astimezone(zone) if settings else moment
    except OverflowError:  # the last day of the year 9999, for never
        return moment


Due: TypeAlias = Annotated[
    datetime.datetime | None, BeforeValidator(_end_of_day), AfterValidator(_placed)
]
"""When something is due, with a time zone; None: never."""


class ExtensionSettings(_Settings):
    """[assignment.NAME.extensions.STUDENT]: more time for one student; no page shows any of it.

    `time_factor` multiplies the limits of time that the student's code runs under.
    """

    due: Due = None
    time_factor: Annotated[float, Field(ge=1, le=10)] = 1.0
    reason: str = ""


class AssignmentFile(_Settings):
    """[assignment.NAME]: which exercises are set, and by which rules."""

    title: str = ""
    exercises: Annotated[tuple[str, ...], Field(min_length=1)]
    seed: int = 0
    due: Due = None
    late: LateRule = LateRule()
    attempts: Literal["best", "last", "first"] = "best"
    show_before: Show = Show.EXPLAIN
    show_after: Show = Show.REVEAL
    groups: bool = False
    extensions: dict[str, ExtensionSettings] = {}

    def shown(self, moment: datetime.datetime, due: datetime.datetime | None = None) -> Show:
        """The most that a student may see at `moment`; `due` goes before the assignment's own."""
        ends = due or self.due
        return self.show_after if ends is not None and moment > ends else self.show_before

    def extension_of(self, students: Iterable[str]) -> ExtensionSettings | None:
        """What these who work together are given: the latest date and the most time of any.

        Whoever has no extension has the assignment's date; if that is none, so is the group's.
        """
        known = {name.casefold(): one for name, one in self.extensions.items()}
        found = [known.get(student.casefold()) for student in students]
        mine = [one for one in found if one is not None]
        if not mine:
            return None
        if len(found) == 1:
            return mine[0]
        dues = [one.due if one is not None and one.due else self.due for one in found]
        latest = None if None in dues else max(filter(None, dues))
        return ExtensionSettings(due=latest, time_factor=max(one.time_factor for one in mine))

    @field_validator("exercises")
    @classmethod
    def _each_once(cls, exercises: tuple[str, ...]) -> tuple[str, ...]:
        for slug, count in Counter(exercises).items():
            if count > 1:
                raise ValueError(f"the exercise `{slug}` is listed {count} times")
        return exercises

    @model_validator(mode="after")
    def _extensions_are_later(self) -> Self:
        for student, extension in self.extensions.items():
            if self.due and extension.due and extension.due < self.due:
                raise ValueError(f"the extension of `{student}` ends before the assignment is due")
        return self


class CourseFile(_Settings):
    """course.toml."""

    title: Annotated[str, Field(min_length=1)]
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "UTC"
    roster: str = ""
    default: str = ""
    assignment: dict[str, AssignmentFile] = {}


SettingsType = TypeVar("SettingsType", bound=_Settings)


def read_settings(path: Path, kind: type[SettingsType]) -> SettingsType:
    """The settings in a TOML file.

    Raises:
        CourseError: no such file, not TOML, or a setting is unknown or has a wrong value; the
            message names the file, the setting and what was wanted.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except FileNotFoundError:
        raise CourseError(f"{path}: there is no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path}: cannot be read ({error})") from None
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path}: not TOML: {error}") from None
    try:
        return kind.model_validate(data, context=data)
    except ValidationError as error:
        lines = "; ".join(_explain(detail, kind, text) for detail in error.errors())
        raise CourseError(f"{path}: {lines}") from None


def _explain(detail: Any, kind: type[BaseModel], text: str) -> str:
    line = _line_of(text, [str(part) for part in detail["loc"]])
    return (f"line {line}: " if line else "") + _problem(detail, kind)


def _line_of(text: str, place: list[str]) -> int | None:
    """Where a setting stands, as far as tables are written out; else where its table begins."""
    table: list[str] = []
    found = None
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
        key = re.match(r"\s*([\w\"'.-]+)\s*=", line)
        if header is not None:
            table = _parts(header[1])
            if place[: len(table)] == table:
                found = number
        elif key is not None:
            whole = [*table, *_parts(key[1])]
            if place[: len(whole)] == whole:
                return number
    return found


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]


def _problem(detail: Any, kind: type[BaseModel]) -> str:
    place = ".".join(str(part) for part in detail["loc"])
    if detail["type"] == "extra_forbidden":
        name = str(detail["loc"][-1])
        near = difflib.get_close_matches(name, _names(kind), n=1)
        return f"unknown setting `{place}`" + (f", did you mean `{near[0]}`?" if near else "")
    message = detail["msg"].removeprefix("Value error, ")
    return f"`{place}`: {message}" if place else message


def _names(kind: type[BaseModel]) -> set[str]:
    """Every setting's name in `kind` and the tables below it."""
    names: set[str] = set()
    for name, info in kind.model_fields.items():
        names.add(name)
        for part in (info.annotation, *getattr(info.annotation, "__args__", ())):
            if isinstance(part, type) and issubclass(part, BaseModel):
                names |= _names(part)
    return names
