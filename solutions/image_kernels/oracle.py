"""What the hidden tests compare with: torch's own convolution on a padded image, in float64."""

import torch
import torch.nn.functional as F

TORCH_MODES = {"zeros": "constant", "extend": "replicate"}


def filter2d(img, kernel, edge="zeros", flip=False):
    """F.pad and F.conv2d, with the kernel turned for a convolution."""
    dtype = img.dtype if img.is_floating_point() else torch.float32
    weight = (kernel.flip(0, 1) if flip else kernel).double()
    padded = img.double()[None, None]
    if edge != "crop":
        rows, columns = kernel.shape[0] // 2, kernel.shape[1] // 2
        padded = F.pad(padded, (columns, columns, rows, rows), mode=TORCH_MODES[edge])
    return F.conv2d(padded, weight[None, None])[0, 0].to(dtype)
