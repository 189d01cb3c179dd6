"""Run-time error: layer_table multiplies a tuple by a float; topk_error is right."""

import torch


def layer_table(model, shape):
    side = shape * 1.0
    return [(name, side, 0) for name, _ in model.named_modules()]


def topk_error(scores, y, k=5):
    if k < 1:
        raise ValueError("k is 1 or more")
    own = scores.gather(1, y[:, None])
    return ((scores > own).sum(1) >= k).double().mean().item()
