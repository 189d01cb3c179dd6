"""The split that one assignment trains and evaluates on: new for every seed, never published.

Published test images are known by heart to anybody who wants to: 10,000 hashes fit into a file.
So train and test are mixed and split again, and each held-out pixel gets 0 to 2 grey levels more,
which costs an honest model nothing (-.01 to +.07 points) and breaks every exact lookup.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.data import Data, Images

__all__ = ["Split", "resplit", "with_noise"]

NOISE_LEVELS = 3  # 0, 1 or 2 grey levels
_SHARE = 5  # at most a fifth is held out


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Split:
    """`held_out` has the noise, `clean` are the same images without it. `public` are images that
    students have with their labels; none of them is held out, unless there are no others.
    `passes`: how often `train` holds each of its images."""

    data: Data
    seed: int
    train: Images
    held_out: Images
    clean: Images
    public: Images
    passes: int = 1


def resplit(data: Data, public: Data, *, seed: int, held_out: int, passes: int = 1) -> Split:
    """Mix all images and split them anew.

    Args:
        data: what to train on, as published.
        public: the committed subset.
        seed: of the split, the order of the held-out images and their noise.
        held_out: how many to hold out, at most a fifth of all.
        passes: how often an epoch shows each image of the committed subset, which is so small
            that one pass would teach little; 1 for other data.
    """
    generator = np.random.default_rng((seed, 1))
    every = data.train.joined(data.test)
    order = generator.permutation(len(every))
    count = min(held_out, len(every) // _SHARE)
    all_public = data.is_subset or data is public
    may_hold = np.ones(len(every), bool) if all_public else ~_known(every, public)
    candidates = order[may_hold[order]]
    chosen = candidates[:count]
    is_chosen = np.zeros(len(every), bool)
    is_chosen[chosen] = True
    clean = every.take(chosen)
    times = passes if data.is_subset else 1
    return Split(
        data=data,
        seed=seed,
        train=every.take(np.tile(order[~is_chosen[order]], times)),
        held_out=with_noise(clean, generator),
        clean=clean,
        public=public.test,
        passes=times,
    )


def with_noise(images: Images, generator: np.random.Generator) -> Images:
    """Each pixel brighter by 0, 1 or 2 grey levels, 255 at most."""
    noise = generator.integers(0, NOISE_LEVELS, images.pixels.shape, np.uint8)
    pixels = np.minimum(images.pixels, 255 - noise) + noise
    return Images(pixels=pixels, labels=images.labels)


def _known(every: Images, public: Data) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    known = {image.tobytes() for part in (public.train, public.test) for image in part.pixels}
    return np.array([image.tobytes() in known for image in every.pixels])
