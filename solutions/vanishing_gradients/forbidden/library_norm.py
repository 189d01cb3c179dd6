"""Forbidden: lets the norm come from torch's gradient clipping."""

import copy
import math

import torch
from torch import nn


def grad_norms(model, x, y):
    twin = copy.deepcopy(model)
    nn.functional.cross_entropy(twin(x), y).backward()
    layers = [module for module in twin.modules() if isinstance(module, (nn.Linear, nn.Conv2d))]
    return [nn.utils.clip_grad_norm_(layer.weight, math.inf).item() for layer in layers]
