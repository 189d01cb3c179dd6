"""Numpy where no gradient is asked for, float64 inside, an epsilon beside the root."""

import numpy as np
import torch


def to_unit_range(img):
    if img.dtype.is_floating_point:
        return img
    return torch.from_numpy((img.numpy() / 255.0).astype(np.float32))


def _columns(numbers, channels, like):
    array = np.atleast_1d(np.asarray(numbers, dtype=np.float64))
    if array.shape not in ((1,), (channels,)):
        raise ValueError(f"{array.shape[0]} numbers for {channels} channels")
    return torch.from_numpy(np.broadcast_to(array, (channels,)).copy()).to(like.dtype)[
        :, None, None
    ]


def normalize(x, mean, std):
    mean, std = _columns(mean, x.shape[-3], x), _columns(std, x.shape[-3], x)
    if not std.all():
        raise ValueError("std 0")
    return x.sub(mean).div(std)


def standardize(x):
    if 0 in x.shape:
        raise ValueError("no pixels")
    wide = x.double()
    centred = wide - wide.mean()
    return (centred / (wide.var(unbiased=False).sqrt() + 1e-8)).to(x.dtype)


def channel_stats(x):
    if x.ndim != 4:
        raise TypeError("not a batch")
    if len(x.flatten()) == 0:
        raise ValueError("no pixels")
    array = x.numpy()
    return torch.as_tensor(array.mean(axis=(0, 2, 3))), torch.as_tensor(array.std(axis=(0, 2, 3)))
