"""Profiles: what a warm parent imports beforehand, by the name that exercise.toml uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.machinery import PathFinder

from grader.errors import SandboxError

__all__ = ["PROFILES", "Profile", "profile_named"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One kind of worker.

    `preload` names modules that every fork then has for nothing, `needs` packages that are not
    there on every machine. `uses_gpu`: its workers may open the devices of a GPU.
    """

    name: str
    preload: tuple[str, ...]
    needs: tuple[str, ...] = ()
    uses_gpu: bool = False


_FOR_NOTEBOOKS = (
    "numpy.random",
    "nbformat",
    "grader.worker.in_shell",
    "torchvision",  # and with it what the first optimiser would import: 900 modules
    "PIL.Image",
)
_DRAWING = ("matplotlib.pyplot", "matplotlib_inline.backend_inline")  # where it is installed
_NOTEBOOKS = _FOR_NOTEBOOKS + (_DRAWING if PathFinder.find_spec("matplotlib") else ())
_FOR_TRAINING = ("numpy.random", "nbformat", "torchvision", "grader.worker.train")

PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(name="functions", preload=("numpy.random", "nbformat")),
        Profile(name="kernel", preload=_NOTEBOOKS),
        Profile(
            name="nbclient",
            preload=(*_NOTEBOOKS, "grader.worker.in_kernel"),
            needs=("nbclient", "ipykernel"),
        ),
        Profile(name="train", preload=_FOR_TRAINING),
        Profile(name="train-cuda", preload=_FOR_TRAINING, uses_gpu=True),
    )
}


def profile_named(name: str) -> Profile:
    """Raises: SandboxError, naming the profiles there are, or the packages that are missing."""
    if name not in PROFILES:
        known = ", ".join(sorted(PROFILES))
        raise SandboxError(f"there is no sandbox profile {name!r}; the profiles are: {known}")
    profile = PROFILES[name]
    missing = [package for package in profile.needs if PathFinder.find_spec(package) is None]
    if missing:
        raise SandboxError(
            f"sandbox profile {name} needs {' and '.join(missing)}; install with: "
            f"pip install {' '.join(missing)}"
        )
    return profile
