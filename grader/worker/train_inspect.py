"""A look into the trained model: which channels are dead, how gradients and updates compare.

The reply to `inspect`, report only; it takes one further step, so nothing is measured after it:
    {"rectified": [[channels, dead], ...] in the order of forward,
     "layers": [[name, shape, gradient norm, weight norm, norm of the update], ...],
     "milliseconds": forward of one image, in batches as given}
"""

from __future__ import annotations

import time
from typing import Any

import torch
from torch import Tensor

from grader.protocol import Value
from grader.worker.train_plan import Plan
from grader.worker.train_trace import traced

__all__ = ["inspect"]

_MOST_LAYERS = 200


def inspect(plan: Plan, images: Tensor, labels: Tensor) -> Value:
    """See the module's docstring."""
    model = plan.model
    model.eval()
    with torch.no_grad():
        start = time.perf_counter()
        plan.forward(images)
        seconds = time.perf_counter() - start
        with traced() as found:
            plan.forward(images)
    model.train()
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    plan.optimizer.zero_grad()
    loss: Any = plan.criterion(plan.forward(images), labels)
    torch.autograd.backward(loss)
    gradients = {n: None if p.grad is None else p.grad.clone() for n, p in model.named_parameters()}
    plan.optimizer.step()
    layers: list[Value] = []
    for name, parameter in list(model.named_parameters())[:_MOST_LAYERS]:
        gradient, old = gradients[name], before[name]
        size = 0.0 if gradient is None else float(gradient.norm())
        update = float((parameter.detach() - old).norm())
        layers.append([name, list(parameter.shape), size, float(old.norm()), update])
    return {
        "rectified": [list(pair) for pair in found.rectified],
        "layers": layers,
        "milliseconds": 1000 * seconds / len(images),
    }
