"""What the hidden tests compare with: shapes by running layer after layer, ranks by sorting.

Models are sequential, or residual blocks, in each other if need be: no hook is needed to follow an
image.
"""

import math

import torch
from torch import nn


def _rows(module, x, name, seen):
    if isinstance(module, nn.Sequential):
        for child, layer in module._modules.items():
            x = yield from _rows(layer, x, f"{name}.{child}" if name else child, seen)
        return x
    if hasattr(module, "body"):
        through = yield from _rows(module.body, x, f"{name}.body", seen)
        if module.shortcut is not None:
            x = yield from _rows(module.shortcut, x, f"{name}.shortcut", seen)
        return (yield from _rows(module.relu, through + x, f"{name}.relu", seen))
    x = module(x)
    if id(module) not in seen:
        seen.add(id(module))
        size = sum(math.prod(p.shape) for p in (module._parameters or {}).values() if p is not None)
        yield name, tuple(x.shape), size
    return x


def layer_table(model, shape):
    """One row for each layer, by following the image from layer to layer."""
    on_meta = any(parameter.is_meta for parameter in model.parameters())
    x = torch.zeros(shape, device="meta" if on_meta else "cpu")
    modes = [(module, module.training) for module in model.modules()]
    with torch.no_grad():
        rows = list(_rows(model.eval(), x, "", set()))
    for module, mode in modes:
        module.train(mode)
    return rows


def topk_error(scores, y, k=5):
    """Sample by sample: at which place of the sorted scores the label's own score first stands."""
    missed = 0
    for row, label in zip(scores.tolist(), y.tolist(), strict=True):
        missed += sorted(row, reverse=True).index(row[label]) >= k
    return missed / len(y)
