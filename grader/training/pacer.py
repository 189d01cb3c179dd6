"""Shares the processor between a worker and the reference model, and measures one by the other.

Every half second of its CPU time the worker is frozen from outside and the reference model runs
for a slice. Both see the same machine under the same load, so their ratio stays when the clock
speed, the cache and the neighbours change: its coefficient of variation under load is a fifth of
that of wall time.
"""

from __future__ import annotations

from grader.messages import say
from grader.model import Verdict
from grader.sandbox import Box, BoxFailed
from grader.steps import ReferenceRun

__all__ = ["Pacer"]

EVERY_SECONDS = 0.5
SLICE_SECONDS = 0.045  # under a tenth of the run
FEWEST_SECONDS = 0.3  # of slices in one run: a short one is measured by a longer slice at its end
_SOONEST_SECONDS = 0.01


class Pacer:
    """For one training run, between `begin` and `end`; called while the worker is awaited.

    Args:
        box: whose CPU time is measured.
        reference: shared by all runs of this process.
        images: how many a reference epoch has.
        stop_at: in reference epochs: there the worker is ended.
    """

    def __init__(self, box: Box, reference: ReferenceRun, images: int, stop_at: float) -> None:
        self._box = box
        self._reference = reference
        self._images = images
        self._stop_at = stop_at
        self._start = (reference.cpu_seconds, reference.steps)
        self._before = box.cpu_seconds
        self._next = self._before + EVERY_SECONDS
        self._ended: float | None = None

    def begin(self, earlier: float = 0.0) -> None:
        """From here on the worker's time counts, and `earlier` seconds of CPU time with it."""
        self._reference.run(SLICE_SECONDS)
        now = self._box.cpu_seconds
        self._before = now - earlier
        self._next = now + EVERY_SECONDS

    def end(self) -> None:
        """Stop the clock; one more slice, where there were few."""
        if self._ended is None:
            self._ended = self.cpu_seconds
            self._reference.run(FEWEST_SECONDS - (self._reference.cpu_seconds - self._start[0]))

    @property
    def cpu_seconds(self) -> float:
        """CPU time of the worker in this run."""
        if self._ended is not None:
            return self._ended
        return self._box.cpu_seconds - self._before

    @property
    def epoch_seconds(self) -> float:
        """CPU seconds of one reference epoch, from the slices of this run alone."""
        seconds = self._reference.cpu_seconds - self._start[0]
        steps = self._reference.steps - self._start[1]
        return self._reference.epoch_seconds_from(seconds, steps, self._images)

    @property
    def used(self) -> float:
        """The worker's time in reference epochs."""
        return self.cpu_seconds / self.epoch_seconds

    def __call__(self) -> float:
        """Run a slice if one is due; returns the seconds until the next one can be."""
        due = self._next - self._box.cpu_seconds
        if due > 0:
            return max(due, _SOONEST_SECONDS)
        with self._box.paused():
            self._reference.run(SLICE_SECONDS)
        self._next = self._box.cpu_seconds + EVERY_SECONDS
        if self.used > self._stop_at:
            raise BoxFailed(Verdict.TIMEOUT, say("session.stopped", limit=self._stop_at))
        return EVERY_SECONDS
