"""Run-time error: normalize calls numpy's astype on a tensor; the other functions are right."""

import torch


def to_unit_range(img):
    return img if img.is_floating_point() else img.float() / 255


def normalize(x, mean, std):
    mean = torch.as_tensor(mean).reshape(-1, 1, 1).astype(x.dtype)
    std = torch.as_tensor(std).reshape(-1, 1, 1).astype(x.dtype)
    return (x - mean) / std


def standardize(x):
    if x.numel() == 0:
        raise ValueError("empty")
    return (x - x.mean()) / (x.std(correction=0) + 1e-8)


def channel_stats(x):
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("not a batch")
    return x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3), correction=0)
