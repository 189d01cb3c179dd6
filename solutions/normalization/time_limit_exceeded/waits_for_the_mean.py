"""Time limit exceeded: standardize repeats until the mean is exactly 0, which rounding prevents."""

import torch


def to_unit_range(img):
    return img if img.is_floating_point() else img.float() / 255


def normalize(x, mean, std):
    channels = x.shape[-3]
    mean = torch.as_tensor(mean, dtype=x.dtype).reshape(-1, 1, 1)
    std = torch.as_tensor(std, dtype=x.dtype).reshape(-1, 1, 1)
    if len(mean) not in (1, channels) or len(std) not in (1, channels):
        raise ValueError("wrong length")
    if (std == 0).any():
        raise ValueError("std is 0")
    return (x - mean) / std


def standardize(x):
    if x.numel() == 0:
        raise ValueError("empty")
    while x.mean() != 0 or x.std(correction=0) != 1:
        x = (x - x.mean()) / x.std(correction=0)
    return x


def channel_stats(x):
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("not a batch")
    return x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3), correction=0)
