"""Forbidden: normalize and to_unit_range call torchvision; the other functions are right."""

import torch
import torchvision.transforms.functional as TF


def to_unit_range(img):
    return TF.convert_image_dtype(img) if img.dtype == torch.uint8 else img


def normalize(x, mean, std):
    mean = [mean] if isinstance(mean, float) else list(mean)
    std = [std] if isinstance(std, float) else list(std)
    return TF.normalize(x, mean, std)


def standardize(x):
    if x.numel() == 0:
        raise ValueError("empty")
    return (x - x.mean()) / (x.std(correction=0) + 1e-8)


def channel_stats(x):
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("not a batch")
    return x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3), correction=0)
