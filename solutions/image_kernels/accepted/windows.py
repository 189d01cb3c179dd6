"""Accepted: gathers a window for every pixel by index and multiplies once."""

import torch


def filter2d(img, kernel, edge="zeros", flip=False):
    kh, kw = kernel.shape
    if (kh * kw) % 2 == 0:
        raise ValueError(f"kernel of size {kh} x {kw}")
    img = img * torch.ones((), dtype=kernel.dtype)
    height, width = img.shape
    if edge == "crop":
        centres_y, centres_x = (
            torch.arange(kh // 2, height - kh // 2),
            torch.arange(kw // 2, width - kw // 2),
        )
    else:
        centres_y, centres_x = torch.arange(height), torch.arange(width)
    y = centres_y[:, None] + torch.arange(kh) - kh // 2
    x = centres_x[:, None] + torch.arange(kw) - kw // 2
    windows = img[y.clamp(0, height - 1)[:, None, :, None], x.clamp(0, width - 1)[None, :, None, :]]
    if edge == "zeros":
        inside_y, inside_x = (y >= 0) & (y < height), (x >= 0) & (x < width)
        windows = windows * (inside_y[:, None, :, None] & inside_x[None, :, None, :])
    numbers = kernel.flip(0, 1) if flip else kernel
    return windows.flatten(2) @ numbers.flatten()
