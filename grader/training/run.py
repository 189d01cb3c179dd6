"""One training run from the first request to the last: what was seen, without any points."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from torch import Tensor

from grader.catalog import Exercise
from grader.config import TrainingSettings
from grader.data import Images, subset
from grader.messages import say
from grader.model import FunctionState, Submission, Verdict
from grader.sandbox import Sandbox
from grader.steps import ReferenceRun
from grader.training.checks import Kind, Loss, Outputs, kind_of, loss_of, ties_at_the_bottom
from grader.training.counts import counts_of
from grader.training.pacer import Pacer
from grader.training.replies import Found, Plan, TrainingFailed
from grader.training.session import Session
from grader.training.split import Split
from grader.training.weights import digest_of

__all__ = ["FAIL_FACTOR", "OWN_TRAIN_FACTOR", "Job", "Run", "Seen", "evaluate", "opened", "run"]

FAIL_FACTOR = 1.35  # of the budget: above it the run is over; from 1 to here there is a note
OWN_TRAIN_FACTOR = 2.0  # a student's `train` cannot be stopped and evaluated, so it gets longer
_EVALUATION_BATCH = 250
_IMAGES_A_REQUEST = 2_000
_BASELINE_IMAGES = 1_000
_PROBE_IMAGES = 64
_INSPECTED_IMAGES = 256
_CHUNK_SECONDS = 0.5
_FIRST_STEPS = 8
_MOST_STEPS = 1_000
_MOST_READ = 10_000_000  # parameters; more do not fit into one answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to train, on what, and how. `told` hears how far it has come.

    `own_step`: with the submission's `train_step`; otherwise with the grader's, whose loss is that
    of `train_step` if `own_loss` says that this one can be asked.
    """

    sandbox: Sandbox
    exercise: Exercise
    settings: TrainingSettings
    submission: Submission
    split: Split
    reference: ReferenceRun
    seed: int
    device: str = "cpu"
    own_step: bool = False
    own_loss: bool = False
    told: Callable[[str], None] = lambda text: None


@dataclass(slots=True, kw_only=True)
class Seen:
    """Structure, before any training."""

    kind: Kind
    loss: Loss
    outputs: Outputs
    has_ties: bool
    trace: Mapping[str, Any]
    seed_matters: bool


@dataclass(slots=True, kw_only=True)
class Run:
    """All that came of it. What a failed run did not reach is None or empty."""

    found: Mapping[str, Found] = field(default_factory=dict)
    failure: TrainingFailed | None = None
    plan: Plan | None = None
    seen: Seen | None = None
    baseline: float | None = None
    losses: list[float] = field(default_factory=list)
    planned_steps: int = 0
    batch_size: int = 0
    epochs: int = 0
    own_train: bool = False
    own_step: bool = False
    is_stopped: bool = False  # over the budget
    is_diverged: bool = False
    used: float = 0.0
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    epoch_seconds: float = 0.0
    total_cpu_seconds: float = 0.0
    total_wall_seconds: float = 0.0
    peak_bytes: int = 0
    outputs: Tensor | None = None
    clean_gain: float | None = None
    order_share: float = 0.0
    untouched: tuple[str, ...] = ()
    parameters: Mapping[str, Tensor] = field(default_factory=dict)
    sha256: str = ""
    inspected: Mapping[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def correct(self, labels: Any) -> int:
        """How many held-out images were recognised."""
        if self.outputs is None:
            return 0
        return _correct(self.outputs, labels)


def run(job: Job) -> Run:
    """Build, check, train and evaluate; never raises for what the submission does.

    Raises:
        SandboxError: no box could be made.
    """
    seen = Run()
    started = time.monotonic()
    with opened(job) as session:
        try:
            session.load(job.split.train, job.split.public)
            seen.found = session.found
            if _has_model(seen):
                _Runner(job, session, seen).go()
        except TrainingFailed as failure:
            seen.failure = failure
            seen.found = seen.found or session.found
        seen.notes += session.stand_ins()
        seen.peak_bytes = session.box.peak_bytes
        seen.total_cpu_seconds = session.box.cpu_seconds
    seen.total_wall_seconds = time.monotonic() - started
    return seen


def opened(job: Job) -> Session:
    """The box for a job, and the conversation with it.

    Raises:
        SandboxError: no box could be made.
    """
    return Session(
        job.sandbox,
        job.exercise,
        job.settings,
        job.submission,
        classes=len(job.split.data.classes),
        device=job.device,
    )


def _has_model(seen: Run) -> bool:
    """`build_model` is in the stub, so it counts only where there is no class at all."""
    model, maker = seen.found["MnistCNN"].state, seen.found["build_model"].state
    is_made = model is FunctionState.MISSING and maker is FunctionState.WRITTEN
    return model is FunctionState.WRITTEN or is_made


class _Runner:
    """The steps of one run, in order."""

    def __init__(self, job: Job, session: Session, seen: Run) -> None:
        self.job = job
        self.session = session
        self.seen = seen
        has_criterion = session.found["criterion"].state is FunctionState.WRITTEN
        self.own_step = job.own_step and not has_criterion
        self.asks_loss = job.own_loss and not job.own_step and not has_criterion
        self.by_scores = False
        self.building_seconds = 0.0  # counts as training, which may happen there

    def _build(self, seed: int) -> Plan:
        return self.session.build(seed, own_step=self.own_step, by_scores=self.by_scores)

    def go(self) -> None:
        seen, job = self.seen, self.job
        broken = seen.found["MnistCNN"].sentence
        if seen.found["MnistCNN"].state is FunctionState.WRITTEN and broken:
            raise TrainingFailed(Verdict.ERROR, broken)
        if self.asks_loss:
            self._take_loss_of_own_step()
        seen.plan = self._build(job.seed)
        seen.notes += seen.plan.notes
        self._check()
        begun = self.session.box.cpu_seconds
        seen.plan = self._build(job.seed)
        self.building_seconds = self.session.box.cpu_seconds - begun
        before = self._parameters()
        seen.baseline = self._baseline()
        seen.own_step = self.own_step
        self._train_as_far_as_it_goes(before)
        after = self._parameters()
        seen.parameters, seen.sha256 = after, digest_of(after)
        seen.untouched = tuple(
            name for name, old in before.items() if name in after and old.equal(after[name])
        )
        job.told("evaluating")
        seen.outputs = evaluate(self.session, job.split.held_out, seed=job.split.seed)
        self._compare()
        images = _first(job.split.train, _INSPECTED_IMAGES)
        seen.inspected = self.session.inspect(images)

    def _take_loss_of_own_step(self) -> None:
        """Of a `train_step` with a mistake its loss is kept: it belongs to what `forward` gives."""
        probe = self._probe()
        self.session.build(self.job.seed, own_step=True)
        try:
            outputs, loss = self.session.loss(probe)
        except TrainingFailed:
            return
        seen = loss_of(outputs, torch.from_numpy(probe.labels), loss)
        self.by_scores = seen not in (Loss.NLL, Loss.NLL_OF_LOG)

    def _probe(self) -> Images:
        return subset(self.job.split.train, _PROBE_IMAGES, seed=self.job.seed)

    def _check(self) -> None:
        """Look at the untrained model."""
        job, session, seen = self.job, self.session, self.seen
        probe = self._probe()
        outputs = session.outputs(probe.pixels, batch_size=_PROBE_IMAGES)
        three = probe.pixels[:3]
        asked = Outputs(
            together=session.outputs(three, batch_size=3),
            alone=self._alone(three),
            again=session.outputs(three, batch_size=3),
        )
        trace = session.trace(probe.pixels)
        initial = self._parameters()
        self._build(job.seed + 1)
        seed_matters = digest_of(self._parameters()) != digest_of(initial)
        loss, kind = self._loss(probe), kind_of(asked)
        if kind is Kind.SCORES and seen.plan is not None and seen.plan.own_train:
            loss = Loss.OTHER  # the one inside `train`, which nobody can ask
        seen.seen = Seen(
            kind=kind,
            loss=loss,
            outputs=asked,
            has_ties=ties_at_the_bottom(outputs),
            trace=trace,
            seed_matters=seed_matters,
        )

    def _alone(self, pixels: Any) -> Tensor | None:
        """Outputs for images one by one; None where the model wants several at once."""
        try:
            return self.session.outputs(pixels, batch_size=1)
        except TrainingFailed:  # if the worker is gone, the next question says so
            return None

    def _loss(self, probe: Images) -> Loss:
        """What loss training sees. A `train` of the submission's own is not asked."""
        try:
            outputs, loss = self.session.loss(probe)
        except TrainingFailed as failure:
            if not self.own_step:
                raise
            self.seen.notes.append(say("session.step failed", failure=failure))
            self.own_step = False
            self._build(self.job.seed)
            outputs, loss = self.session.loss(probe)
        return loss_of(outputs, torch.from_numpy(probe.labels), loss)

    def _parameters(self) -> dict[str, Tensor]:
        assert self.seen.plan is not None
        return self.session.parameters() if self.seen.plan.size <= _MOST_READ else {}

    def _baseline(self) -> float:
        images = _first(self.job.split.held_out, _BASELINE_IMAGES)
        outputs = self.session.outputs(images.pixels, batch_size=_EVALUATION_BATCH)
        return _correct(outputs, images.labels) / len(images)

    def _train_as_far_as_it_goes(self, before: Mapping[str, Tensor]) -> None:
        """What a `train` had learned when it raised is there still: often it was only to save."""
        try:
            self._train()
        except TrainingFailed as failure:
            has_raised = self.seen.own_train and failure.verdict is Verdict.ERROR
            if not (has_raised and self._differs(before)):
                raise
            self.seen.notes.append(say("session.train raised", failure=failure))

    def _differs(self, before: Mapping[str, Tensor]) -> bool:
        try:
            return digest_of(self._parameters()) != digest_of(before)
        except TrainingFailed:  # the worker is gone
            return False

    def _train(self) -> None:
        job, seen = self.job, self.seen
        assert seen.plan is not None
        seen.own_train = seen.plan.own_train
        factor = OWN_TRAIN_FACTOR if seen.own_train else 2 * FAIL_FACTOR
        pacer = Pacer(
            self.session.box, job.reference, len(job.split.train), factor * job.settings.budget
        )
        started = time.monotonic()
        pacer.begin(self.building_seconds)
        try:
            if seen.own_train:
                job.told("training by its own `train`")
                self.session.own_train(pacer, job.settings.wall_seconds)
            else:
                self._steps(pacer, started + job.settings.wall_seconds)
        finally:
            pacer.end()
            seen.used, seen.cpu_seconds = pacer.used, pacer.cpu_seconds
            seen.epoch_seconds = pacer.epoch_seconds
            seen.wall_seconds = time.monotonic() - started

    def _steps(self, pacer: Pacer, deadline: float) -> None:
        job, seen = self.job, self.seen
        self._take_counts()
        limit = FAIL_FACTOR * job.settings.budget
        count = _FIRST_STEPS
        while len(seen.losses) < seen.planned_steps:
            before = pacer.cpu_seconds
            left = max(1.0, deadline - time.monotonic())
            count = min(count, seen.planned_steps - len(seen.losses))
            steps = self.session.steps(count, pacer, left)
            seen.losses += steps.losses[:count]
            if not steps.losses or not all(map(math.isfinite, steps.losses)):
                seen.is_diverged = True
                return
            if pacer.used > limit:
                seen.is_stopped = True
                return
            spent = max(pacer.cpu_seconds - before, 1e-3)
            count = max(1, min(_MOST_STEPS, 2 * count, int(count * _CHUNK_SECONDS / spent)))
            self._tell(pacer)

    def _take_counts(self) -> None:
        seen = self.seen
        assert seen.plan is not None
        images = len(self.job.split.train)
        counts = counts_of(seen.plan, self.job.settings, images)
        seen.epochs, seen.batch_size = counts.epochs, counts.batch_size
        seen.notes += counts.notes
        seen.planned_steps = seen.epochs * -(-images // seen.batch_size)

    def _tell(self, pacer: Pacer) -> None:
        seen = self.seen
        done = len(seen.losses)
        left = pacer.cpu_seconds / done * (seen.planned_steps - done)
        epoch = 1 + (done - 1) * seen.epochs // seen.planned_steps
        recent = seen.losses[-50:]
        self.job.told(
            f"epoch {epoch} of {seen.epochs}, loss {sum(recent) / len(recent):.3f}, "
            f"{left:.0f} s left"
        )

    def _compare(self) -> None:
        """The same held-out images in another order and grouping, and without their noise."""
        held_out, clean = self.job.split.held_out, self.job.split.clean
        assert self.seen.outputs is not None
        count = min(len(held_out), _BASELINE_IMAGES // 2)
        usual = self.seen.outputs[:count].argmax(1)
        backwards = np.ascontiguousarray(held_out.pixels[:count][::-1])
        other = self.session.outputs(backwards, batch_size=17).flip(0).argmax(1)
        self.seen.order_share = float((usual != other).double().mean())
        plain = self.session.outputs(clean.pixels[:count], batch_size=_EVALUATION_BATCH)
        labels = clean.labels[:count]
        noisy = _correct(self.seen.outputs[:count], labels)
        self.seen.clean_gain = (_correct(plain, labels) - noisy) / count


def evaluate(session: Session, images: Images, *, seed: int) -> Tensor:
    """Outputs for all images in their order, asked in another order, 250 a batch.

    Raises:
        TrainingFailed.
    """
    order = np.random.default_rng((seed, 2)).permutation(len(images))
    parts = []
    for start in range(0, len(order), _IMAGES_A_REQUEST):
        pixels = images.pixels[order[start : start + _IMAGES_A_REQUEST]]
        parts.append(session.outputs(pixels, batch_size=_EVALUATION_BATCH))
    shuffled = torch.cat(parts)
    outputs = torch.empty_like(shuffled)
    outputs[torch.from_numpy(order)] = shuffled
    return outputs


def _first(images: Images, count: int) -> Images:
    return images.take(np.arange(min(count, len(images))))


def _correct(outputs: Tensor, labels: Any) -> int:
    """A row with nan counts as wrong: nothing equals it."""
    answers = outputs.argmax(1)
    answers[outputs.isnan().any(1)] = -1
    return int((answers == torch.from_numpy(labels)).sum())
