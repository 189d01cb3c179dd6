"""What came of training a submitted model: its curve, its cost, and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.model.values import Array, Note, Number

__all__ = [
    "CurvePoint",
    "DeadChannels",
    "Flag",
    "LayerReport",
    "Mistake",
    "TrainingMeasured",
    "TrainingResult",
]


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
    of the reference model took beside it. `cpu_seconds` and `wall_seconds` are of the training,
    `total_cpu_seconds` and `total_wall_seconds` of the whole run: loading, checks and evaluation
    too. `peak_bytes` is the most memory held at once, beside torch itself.
    """

    budget_used: Number = 0.0
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    reference_epoch_seconds: float = 0.0
    milliseconds_per_image: float = 0.0
    total_cpu_seconds: float = 0.0
    total_wall_seconds: float = 0.0
    peak_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingResult:
    """One training run. `accuracy` is a fraction in [0, 1] of the held-out images; None if the
    run came to none.

    `confusion[i][j]` counts images of class i that were taken for j. `filters` are the weights of
    the first convolution. `flags` are for staff; `mistakes` are for students where the assignment
    reveals them. Credit for accuracy rises over `band`: none below its first number, all from its
    second on.
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
