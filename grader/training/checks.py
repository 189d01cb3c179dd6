"""Structural checks of a model: what accuracy alone would let pass, seen from its outputs.

Measured on small runs, 6 of 13 harmful variants reach 75 % on all seeds, and log_softmax over
the wrong axis scores higher than the right one. So these come first and are worth points of their
own. All compare outputs outside of the worker: evidence.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from grader.messages import TEXTS, say

__all__ = ["Kind", "Loss", "Outputs", "fit", "kind_of", "loss_of", "ties_at_the_bottom"]

_CLOSE = 1e-3
_TIED_ROWS = 0.5


class Kind(enum.Enum):
    """What the rows of the outputs are."""

    LOG_PROBABILITIES = "log-probabilities"
    PROBABILITIES = "probabilities"
    SCORES = "raw scores"
    ACROSS_BATCH = "log-probabilities over the batch"
    NO_NUMBERS = "no numbers"


class Loss(enum.Enum):
    """What the loss makes of the outputs."""

    NLL = "nll_loss of the outputs"
    CROSS_ENTROPY = "cross_entropy of the outputs"
    NLL_OF_LOG = "nll_loss of their logarithm"
    OTHER = "something else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Outputs in eval mode for three images together and one by one, and twice.

    `alone` is None where the model cannot take one image.
    """

    together: Tensor
    alone: Tensor | None
    again: Tensor

    @property
    def rows_apart(self) -> bool:
        """Whether an image gets the same answer alone."""
        return self.alone is not None and _same(self.together, self.alone)

    @property
    def repeatable(self) -> bool:
        return _same(self.together, self.again)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Whether outputs and loss belong together, and what to say of it."""

    is_good: bool
    sentence: str
    hint: str = ""


def kind_of(outputs: Outputs) -> Kind:
    """What the outputs for N = 3 and N = 1 are."""
    rows = outputs.together
    alone = rows if outputs.alone is None else outputs.alone
    if not (torch.isfinite(rows).all() and torch.isfinite(alone).all()):
        return Kind.NO_NUMBERS
    if _is_close(rows.logsumexp(1), 0) and _is_close(alone.logsumexp(1), 0):
        return Kind.LOG_PROBABILITIES
    if _is_close(rows.logsumexp(0), 0) or _is_close(alone, 0):
        return Kind.ACROSS_BATCH
    if (rows >= 0).all() and _is_close(rows.sum(1), 1):
        return Kind.PROBABILITIES
    if (rows >= 0).all() and _is_close(rows.sum(0), 1):
        return Kind.ACROSS_BATCH
    return Kind.SCORES


def loss_of(outputs: Tensor, labels: Tensor, loss: float) -> Loss:
    """Which function of outputs and labels this loss is."""
    known = {
        Loss.NLL: functional.nll_loss(outputs, labels),
        Loss.CROSS_ENTROPY: functional.cross_entropy(outputs, labels),
        Loss.NLL_OF_LOG: functional.nll_loss(outputs.clamp(min=1e-30).log(), labels),
    }
    for name, value in known.items():
        if abs(float(value) - loss) <= _CLOSE * max(1.0, abs(loss)):
            return name
    return Loss.OTHER


def fit(kind: Kind, loss: Loss) -> Fit:
    """Whether such outputs with such a loss train as intended."""
    name = _FITS.get((kind, loss)) or _FITS.get((kind, None), "unknown")
    hint = f"fit.{name}.hint"
    if hint not in TEXTS:
        return Fit(is_good=True, sentence=say(f"fit.{name}"))
    return Fit(is_good=False, sentence=say(f"fit.{name}"), hint=say(hint))


def ties_at_the_bottom(outputs: Tensor) -> bool:
    """Whether most rows have several classes at exactly their least value: clipped scores."""
    ties = (outputs == outputs.min(1, keepdim=True).values).sum(1)
    return float((ties >= 2).double().mean()) > _TIED_ROWS


def _same(one: Tensor, other: Tensor) -> bool:
    return one.shape == other.shape and bool(
        torch.allclose(one, other, rtol=1e-3, atol=1e-4, equal_nan=True)
    )


def _is_close(values: Tensor, wanted: float) -> bool:
    return bool(((values - wanted).abs() <= _CLOSE).all())


_FITS = {
    (Kind.LOG_PROBABILITIES, Loss.NLL): "log nll",
    (Kind.LOG_PROBABILITIES, Loss.CROSS_ENTROPY): "log cross-entropy",
    (Kind.LOG_PROBABILITIES, Loss.OTHER): "log own",
    (Kind.SCORES, Loss.CROSS_ENTROPY): "scores cross-entropy",
    (Kind.SCORES, Loss.NLL): "scores nll",
    (Kind.SCORES, Loss.OTHER): "scores own",
    (Kind.PROBABILITIES, Loss.CROSS_ENTROPY): "shares cross-entropy",
    (Kind.PROBABILITIES, Loss.NLL): "shares nll",
    (Kind.PROBABILITIES, Loss.NLL_OF_LOG): "shares nll of log",
    (Kind.ACROSS_BATCH, None): "across the batch",
    (Kind.NO_NUMBERS, None): "no numbers",
}
"""What is said of each: `fit.` and this; whatever needs a hint is no good fit."""
