"""eps inside the root, errors by torch and Python, Python numbers where torch has them."""
import torch


def to_unit_range(img):
    if img.dtype == torch.uint8:
        return img.float().div(255)
    return img


def normalize(x, mean, std):
    mean = torch.tensor(mean if isinstance(mean, (list, tuple)) else [mean], dtype=x.dtype)
    std = torch.tensor(std if isinstance(std, (list, tuple)) else [std], dtype=x.dtype)
    channels = x.size(-3)
    assert mean.numel() in (1, channels), "mean"
    assert std.numel() in (1, channels), "std"
    if torch.any(std == 0):
        raise ZeroDivisionError("std is zero")
    shape = [1] * (x.dim() - 3) + [-1, 1, 1]
    return (x - mean.view(shape)) / std.view(shape)


def standardize(x):
    if x.nelement() == 0:
        raise RuntimeError("nothing to standardise")
    mean = x.mean()
    centred = x - mean
    var = (centred * centred).mean()
    return centred / torch.sqrt(var + 1e-16)


def channel_stats(x):
    if x.dim() != 4:
        raise TypeError("four axes, please")
    if x.numel() == 0:
        raise RuntimeError("empty")
    flat = x.transpose(0, 1).reshape(x.size(1), -1)
    mean = flat.mean(dim=1)
    var = ((flat - mean.unsqueeze(1)) ** 2).mean(dim=1)
    return [mean, torch.sqrt(var)]
