"""Models of known cost: the one that time is measured in, and those of the benchmarks.

| model | parameters | for |
|---|---|---|
| lenet | 61,706 | the unit of time: one epoch of it is one reference epoch |
| small_cnn | 9,098 | quick tests |
| mlp | 669,706 | benchmark |
| logistic_regression | 7,850 | benchmark |
"""

from __future__ import annotations

from collections.abc import Callable

from torch import nn

__all__ = ["REFERENCE", "lenet", "logistic_regression", "mlp", "small_cnn"]


def lenet() -> nn.Module:
    """LeNet-5 with ReLU and max pooling, as it is taught today."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
        nn.LogSoftmax(1),
    )


def small_cnn() -> nn.Module:
    """Two convolutions and one linear layer."""
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(784, 10),
        nn.LogSoftmax(1),
    )


def mlp() -> nn.Module:
    """784-512-512-10."""
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(784, 512),
        nn.ReLU(),
        nn.Linear(512, 512),
        nn.ReLU(),
        nn.Linear(512, 10),
        nn.LogSoftmax(1),
    )


def logistic_regression() -> nn.Module:
    """One linear layer."""
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 10), nn.LogSoftmax(1))


REFERENCE: Callable[[], nn.Module] = lenet
