"""The unit of time: steps of a fixed model on fixed data, taken in slices beside other work.

One reference epoch is the CPU time that this machine, now, needs for one epoch of LeNet, batches
of 64, Adam, by torch's own kernels: where the worker's are faster, that is to the student's good.
Slices taken in turn with what is measured see the same machine at the same time, so the ratio
hardly depends on what else runs.
"""

from __future__ import annotations

import time

import torch
from torch.nn import functional

from grader.steps.loop import Loop
from grader.steps.models import REFERENCE
from grader.steps.optimizers import adam

__all__ = ["BATCH_SIZE", "ReferenceRun"]

BATCH_SIZE = 64
_IMAGES = 4096
_STEPS_AT_ONCE = 2
_WARM_UP_STEPS = 5
_FOR_EVER = 1 << 40


class ReferenceRun:
    """Runs slices on the CPU in this process, and knows what an epoch costs."""

    def __init__(self) -> None:
        self.cpu_seconds = 0.0
        self.steps = 0
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)
            self._model = REFERENCE()
            pixels = torch.randint(0, 256, (_IMAGES, 1, 28, 28), dtype=torch.uint8)
            labels = torch.randint(0, 10, (_IMAGES,))
        self._optimizer = adam(self._model.parameters())
        self._loop = Loop(
            pixels, labels, self._step, batch_size=BATCH_SIZE, epochs=_FOR_EVER, seed=0
        )
        self._loop.run(_WARM_UP_STEPS)

    def run(self, seconds: float) -> None:
        """One slice of about `seconds` of CPU time."""
        start = now = time.process_time()
        while now - start < seconds:
            self._loop.run(_STEPS_AT_ONCE)
            self.steps += _STEPS_AT_ONCE
            now = time.process_time()
        self.cpu_seconds += now - start

    @staticmethod
    def epoch_seconds_from(cpu_seconds: float, steps: int, images: int) -> float:
        """CPU seconds of one epoch over so many images, if `steps` took `cpu_seconds`."""
        return cpu_seconds / steps * -(-images // BATCH_SIZE)

    def _step(self, images: torch.Tensor, labels: torch.Tensor) -> None:
        self._optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(functional.nll_loss(self._model(images), labels))
        self._optimizer.step()
