"""Right versions of functions that other exercises build on, each with its stub's signature.

A student whose `pool_out` is wrong can still have written `max_pool2d` right. Its tests run once
more with one of these in the place of the mistaken function. They call torch alone: what they tell
is in torch's documentation, and no oracle of ours ever enters a worker.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import torch
from torch import Tensor
from torch.nn import functional

__all__ = ["STAND_INS"]

_MODES = {
    "zeros": "constant",
    "replicate": "replicate",
    "reflect": "reflect",
    "circular": "circular",
}


def _pool_out(
    size: int,
    kernel_size: int,
    stride: int | None = None,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    row = torch.empty(1, 1, size, device="meta")
    pooled = functional.max_pool1d(row, kernel_size, stride, padding, dilation, ceil_mode)
    return pooled.shape[-1]


def _pad2d(x: Tensor, pad: int | Sequence[int], mode: str = "zeros") -> Tensor:
    widths = [pad] * 4 if isinstance(pad, int) else list(pad)
    if mode == "zeros":
        return functional.pad(x, widths)
    images = x.reshape(1, -1, *x.shape[-2:])  # the other modes take batches of images only
    padded = functional.pad(images, widths, mode=_MODES[mode])
    return padded.reshape(*x.shape[:-2], *padded.shape[-2:])


def _log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    return functional.log_softmax(x, dim)


def _nll_loss(log_probs: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    return functional.nll_loss(log_probs, target, reduction=reduction)


STAND_INS: Final[dict[str, Callable[..., Any]]] = {
    "log_softmax": _log_softmax,
    "nll_loss": _nll_loss,
    "pad2d": _pad2d,
    "pool_out": _pool_out,
}
