"""What `forward` computes with and nothing trains: layers that the model does not know as its own.

A layer in a plain list, in a dict or outside the class is no part of `model.parameters()`. It works
in `forward`, and stays as random as it was made.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from grader.worker.train_plan import Plan

__all__ = ["count_outside"]


def count_outside(plan: Plan, images: Tensor) -> int:
    """How many numbers `forward` uses that could learn and that nobody has.

    Neither the model nor the optimiser, that is. The model is asked in the mode that it is in, with
    gradients, which are not computed; 0 where it fails so: training tells that.
    """
    groups = getattr(plan.optimizer, "param_groups", [])
    known = [*plan.model.parameters(), *(p for group in groups for p in group.get("params", ()))]
    try:
        with torch.enable_grad():
            outputs = plan.forward(images)
    except Exception:  # whatever a model does when it is only looked at
        return 0
    inside = {id(parameter) for parameter in known}
    leaves = _leaves(outputs) if isinstance(outputs, Tensor) else {}
    return sum(leaf.numel() for key, leaf in leaves.items() if key not in inside)


def _leaves(outputs: Tensor) -> dict[int, Tensor]:
    """The tensors whose gradients a backward pass from here would gather, by identity."""
    found: dict[int, Tensor] = {}
    seen: set[Any] = set()
    waiting: list[Any] = [outputs.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        leaf = getattr(node, "variable", None)  # of the nodes at the ends alone
        if isinstance(leaf, Tensor):
            found[id(leaf)] = leaf
        waiting += [following for following, _ in node.next_functions]
    return found
