"""Broadcasting throughout, errors as PyTorch raises them, an epsilon inside the root."""

import torch
from torch import Tensor


def to_unit_range(img: Tensor) -> Tensor:
    return img.div(255.0) if not torch.is_floating_point(img) else img.clone()


def normalize(x: Tensor, mean, std) -> Tensor:
    mean = torch.tensor(mean).to(x).flatten().view(-1, 1, 1)
    std = torch.tensor(std).to(x).flatten().view(-1, 1, 1)
    assert torch.all(std != 0), "std is 0"
    # expand raises RuntimeError when a length does not fit
    mean, std = mean.expand(x.shape[-3], 1, 1), std.expand(x.shape[-3], 1, 1)
    return (x - mean).div(std)


def standardize(x: Tensor) -> Tensor:
    if not x.nelement():
        raise RuntimeError("nothing to standardise")
    variance, mean = torch.var_mean(x, correction=0)
    return (x - mean) / torch.sqrt(variance + 1e-8)


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    assert x.dim() == 4 and x.numel() > 0
    pooled = x.transpose(0, 1).flatten(start_dim=1)
    std, mean = torch.std_mean(pooled, dim=1, unbiased=False)
    return mean, std
