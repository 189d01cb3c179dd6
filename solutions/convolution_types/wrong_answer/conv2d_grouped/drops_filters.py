"""Your result matches the right one, and filters that are left over are dropped. Check that groups
divides the number of filters.
"""

import torch
import torch.nn.functional as F
from torch import Tensor


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
    if x.shape[1] != groups * weight.shape[1]:
        raise ValueError("the channels do not match")
    size = len(weight) // groups
    blocks, filters = x.chunk(groups, dim=1), weight[: groups * size].split(max(size, 1))
    parts = [convolved(b, f, stride, padding, dilation) for b, f in zip(blocks, filters)]
    return torch.cat(parts or [x[:, :0]], dim=1)
