"""Images with their labels as plain arrays, split and thinned by seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grader.data.idx import Bytes
from grader.errors import DataError

__all__ = ["Data", "Images", "Labels", "subset"]

Labels = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Images:
    """`pixels` [N, C, H, W], grey levels 0..255; `labels` [N], from 0."""

    pixels: Bytes
    labels: Labels

    def __post_init__(self) -> None:
        if self.pixels.ndim != 4 or len(self.pixels) != len(self.labels):
            raise DataError(
                f"images of shape {self.pixels.shape} do not go with {len(self.labels)} labels; "
                "wanted [N, C, H, W] and N labels",
            )

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, chosen: npt.NDArray[np.int64]) -> Images:
        """Those with these numbers, in this order."""
        return Images(pixels=self.pixels[chosen], labels=self.labels[chosen])

    def joined(self, other: Images) -> Images:
        """These, then the others."""
        return Images(
            pixels=np.concatenate([self.pixels, other.pixels]),
            labels=np.concatenate([self.labels, other.labels]),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Data:
    """A data set as published. `title` says in a report which one it is and how much of it."""

    name: str
    title: str
    classes: tuple[str, ...]
    train: Images
    test: Images
    is_subset: bool = False


def subset(images: Images, count: int, *, seed: int) -> Images:
    """`count` images with all classes equally often, as far as that divides, by seed."""
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(images))
    labels = images.labels[order]
    # the k-th image of its class gets rank k, so the lowest ranks are balanced over the classes
    rank = np.empty(len(order), np.int64)
    for label in np.unique(labels):
        own = np.flatnonzero(labels == label)
        rank[own] = np.arange(len(own))
    chosen = order[np.lexsort((labels, rank))[:count]]
    return images.take(generator.permutation(chosen))
