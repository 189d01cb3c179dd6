"""What a warm parent imports and computes once, so that no worker has to."""

from __future__ import annotations

import importlib
from collections.abc import Iterable

import torch
from torch.nn import functional

from grader.observe import observe
from grader.worker.reset import reset
from grader.worker.without_gpu import as_it_is

__all__ = ["warm_up"]


def warm_up(modules: Iterable[str]) -> None:
    """Import `modules`, and run torch once so that nothing is left lazy.

    One thread throughout: OMP_NUM_THREADS=1 stands in the environment, and torch is told before
    its first operation. A parent that ever ran two threads makes its forks hang (5 of 5 tried).
    """
    torch.set_num_threads(1)
    torch.compile = as_it_is  # no box may start a compiler
    for name in modules:
        importlib.import_module(name)
    _compute()
    reset(0)


def _compute() -> None:
    """A little of what exercises do; the first call of each pays for tables and caches."""
    images = torch.rand(2, 3, 8, 8, requires_grad=True)
    kernels = torch.rand(4, 3, 3, 3, requires_grad=True)
    observe(_convolve, [images, kernels], {}, gradient=True, seed=0)
    loss = functional.cross_entropy(_convolve(images, kernels).flatten(1), torch.tensor([1, 2]))
    repr(loss)


def _convolve(images: torch.Tensor, kernels: torch.Tensor) -> torch.Tensor:
    return functional.max_pool2d(functional.relu(functional.conv2d(images, kernels)), 2)
