"""Max pooling over windows of 2 x 2 in vector instructions, a fifth of LeNet's time otherwise.

Torch goes through a plain tensor value by value, and whether one is the largest so far is a branch
that no processor foresees. Here whole columns are compared with their neighbours, then whole rows.

Torch looks up who carries out an operation by device, below automatic differentiation, so models,
gradients and whatever else a student writes stay as they are, bit by bit: of equal values the first
of the window counts, in the order of rows.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

__all__ = ["faster_pooling"]

_FEWEST_VALUES = 1 << 14  # below this a call by way of Python costs what it gains
_WIDEST = 254  # a step down and one to the right fit into a byte


def faster_pooling() -> Any:
    """From now on max pooling on the CPU is done so where windows are 2 x 2 and lie side by side,
    for as long as the object that is returned lives; None where this torch cannot do so."""
    usual = _torchs_own()
    if usual is None:
        return None

    def pool(
        keys: Any,
        images: Tensor,
        kernel_size: Sequence[int],
        stride: Sequence[int] = (),
        padding: Sequence[int] = (0,),
        dilation: Sequence[int] = (1,),
        ceil_mode: bool = False,
    ) -> Any:
        sizes = set(kernel_size), set(stride) or {2}, set(padding), set(dilation)
        if sizes == ({2}, {2}, {0}, {1}) and not ceil_mode and _fits(images):
            values, places = _pool(images)
            if not values.sum().isnan():  # otherwise torch decides what is larger than no number
                return values, places
        return usual.call_boxed(keys, images, kernel_size, stride, padding, dilation, ceil_mode)

    library: Any = torch.library
    ours = library.Library("aten", "IMPL")
    ours.impl("max_pool2d_with_indices", pool, "CPU", with_keyset=True)
    return ours


@functools.cache  # the first time that it is wanted nothing else is there
def _torchs_own() -> Any:
    kernels: Any = torch.library
    if not hasattr(kernels, "get_kernel"):  # it came with torch 2.9
        return None
    return kernels.get_kernel("aten::max_pool2d_with_indices", "CPU")


def _fits(images: Tensor) -> bool:
    return (
        images.numel() >= _FEWEST_VALUES
        and images.dtype is torch.float32
        and images.ndim in (3, 4)
        and images.is_contiguous()
        and images.shape[-2] >= 2 <= images.shape[-1] <= _WIDEST
    )


def _pool(images: Tensor) -> tuple[Tensor, Tensor]:
    """The largest values [..., H // 2, W // 2], and where each is in its image, row by row."""
    height, width = images.shape[-2] // 2, images.shape[-1] // 2
    first, second = slice(0, 2 * height, 2), slice(1, 2 * height, 2)
    left, right = slice(0, 2 * width, 2), slice(1, 2 * width, 2)
    upper = torch.maximum(images[..., first, left], images[..., first, right])
    lower = torch.maximum(images[..., second, left], images[..., second, right])
    upper_is_right = images[..., first, left] < images[..., first, right]
    lower_is_right = images[..., second, left] < images[..., second, right]
    is_lower = upper < lower
    # whether the larger one of the row that counts is on the right; `where` would branch again
    is_right = (upper_is_right ^ lower_is_right).bitwise_and_(is_lower).bitwise_xor_(upper_is_right)
    steps = is_right.view(torch.uint8).add_(is_lower.view(torch.uint8), alpha=images.shape[-1])
    places = steps.to(torch.int64).add_(_corners(height, width, images.shape[-1]))
    return torch.maximum(upper, lower), places


@functools.lru_cache(maxsize=16)
def _corners(height: int, width: int, image_width: int) -> Tensor:
    """Where the upper left value of each window is."""
    rows = torch.arange(height, device="cpu").mul_(2 * image_width)
    return rows.unsqueeze(1) + torch.arange(width, device="cpu").mul_(2)
