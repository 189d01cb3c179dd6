"""Plain loops over channels, lists where the text says tuple."""

import torch


def to_unit_range(img):
    if img.dtype == torch.uint8:
        return img.float() / 255.0
    return img


def normalize(x, mean, std):
    channels = x.size(-3)
    if not isinstance(mean, (list, tuple)):
        mean = [mean]
    if not isinstance(std, (list, tuple)):
        std = [std]
    for numbers in (mean, std):
        if len(numbers) != 1 and len(numbers) != channels:
            raise ValueError("mean and std need one entry or one per channel")
    if 0 in std:
        raise ZeroDivisionError("std must not be 0")
    result = []
    for c in range(channels):
        m = mean[c] if len(mean) > 1 else mean[0]
        s = std[c] if len(std) > 1 else std[0]
        result.append((x[..., c, :, :] - m) / s)
    return torch.stack(result, dim=-3)


def standardize(x):
    n = 1
    for size in x.shape:
        n *= size
    if n == 0:
        raise ValueError("empty image")
    mean = x.sum() / n
    variance = ((x - mean) ** 2).sum() / n
    return (x - mean) / torch.sqrt(variance + 1e-16).clamp(min=1e-8)


def channel_stats(x):
    n, c, h, w = x.shape
    if n * c * h * w == 0:
        raise ValueError("empty batch")
    means, stds = [], []
    for k in range(c):
        pixels = x[:, k].reshape(-1)
        means.append(pixels.mean())
        stds.append((pixels - pixels.mean()).pow(2).mean().sqrt())
    return [torch.stack(means), torch.stack(stds)]
