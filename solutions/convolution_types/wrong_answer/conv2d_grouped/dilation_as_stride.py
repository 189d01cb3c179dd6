"""Your result matches dilation used as the stride and the other way round. Check which one moves
the window and which one spreads the taps.
"""

import torch
import torch.nn.functional as F
from torch import Tensor


def checked(x: Tensor, weight: Tensor, groups: int) -> None:
    if x.shape[1] != groups * weight.shape[1]:
        raise ValueError("the channels do not match")
    if len(weight) % groups:
        raise ValueError("the filters cannot be split into groups")


def convolved(x: Tensor, weight: Tensor, stride: int, padding: int, dilation: int) -> Tensor:
    """An ordinary convolution, tap by tap."""
    padded = F.pad(x, (padding,) * 4)
    height, width = weight.shape[2:]
    rows = (padded.shape[2] - dilation * (height - 1) - 1) // stride + 1
    columns = (padded.shape[3] - dilation * (width - 1) - 1) // stride + 1
    result = x.new_zeros(len(x), len(weight), rows, columns)
    for i in range(height):
        for j in range(width):
            tap = padded[:, :, i * dilation :: stride, j * dilation :: stride]
            tap = tap[:, :, :rows, :columns]
            result = result + torch.einsum("ncij,fc->nfij", tap, weight[:, :, i, j])
    return result


def conv2d_grouped(
    x: Tensor,
    weight: Tensor,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    groups: int = 1,
) -> Tensor:
    checked(x, weight, groups)
    blocks, filters = x.chunk(groups, dim=1), weight.chunk(groups)
    parts = [convolved(b, f, dilation, padding, stride) for b, f in zip(blocks, filters)]
    return torch.cat(parts, dim=1)
