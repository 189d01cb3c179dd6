"""Data sets from a folder: the four IDX files, or whatever its dataset.toml describes.

dataset.toml   name, title, licence, classes, size, format = "idx" | "npz" | "folders"
  idx          train_images, train_labels, test_images, test_labels: files
  npz          the same four as arrays of `file`
  folders      one folder a class, `<class>/*.png`; split by `split_seed` and `test_share`
"""

from __future__ import annotations

import tomllib
import warnings
import zipfile
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from grader.data.idx import Bytes, decompressed, read_idx
from grader.data.images import Data, Images
from grader.data.known import FILES, KnownData, check_published
from grader.errors import DataError, UsageError

__all__ = ["DatasetFile", "read_data"]

_PARTS = ("train_images", "train_labels", "test_images", "test_labels")


class DatasetFile(BaseModel):
    """dataset.toml. `size` is [height, width]; a share is a fraction in (0, 1)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: str = ""
    licence: Annotated[str, Field(min_length=1)]
    classes: Annotated[tuple[str, ...], Field(min_length=2)]
    size: tuple[int, int] = (28, 28)
    channels: Literal[1, 3] = 1
    format: Literal["idx", "npz", "folders"] = "idx"
    file: str = "data.npz"
    train_images: str = FILES[0]
    train_labels: str = FILES[1]
    test_images: str = FILES[2]
    test_labels: str = FILES[3]
    split_seed: int = 0
    test_share: Annotated[float, Field(gt=0, lt=1)] = 1 / 7
    is_subset: bool = False


def read_data(folder: Path, data: KnownData | None = None) -> Data:
    """The data set in a folder.

    Args:
        folder: with dataset.toml, or with the four IDX files of `data`.
        data: which known data set it is; then its files must be the published ones, byte by byte,
            and a dataset.toml is not looked at.

    Raises:
        UsageError: dataset.toml is missing or wrong.
        DataError: a file is missing, corrupt, not the published one or does not fit.
    """
    if data is not None:
        settings = _settings_of(data)
        train, test = _from_idx(folder, settings, data)
    else:
        settings = _settings(folder)
        readers = {"idx": _from_idx, "npz": _from_npz, "folders": _from_folders}
        train, test = readers[settings.format](folder, settings)
    for images in (train, test):
        _check(folder, images, settings)
    return Data(
        name=settings.name,
        title=settings.title or settings.name,
        classes=settings.classes,
        train=train,
        test=test,
        is_subset=settings.is_subset,
    )


def _settings_of(data: KnownData) -> DatasetFile:
    return DatasetFile(
        name=data.name, title=data.title, licence="as published", classes=data.classes
    )


def _settings(folder: Path) -> DatasetFile:
    path = folder / "dataset.toml"
    if not path.is_file():
        raise UsageError(f"{path}: missing; it says what the data in this folder is")
    try:
        return DatasetFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not TOML: {error}") from None
    except ValidationError as error:
        details = "; ".join(f"`{'.'.join(map(str, d['loc']))}`: {d['msg']}" for d in error.errors())
        raise UsageError(f"{path}: {details}") from None


def _from_idx(
    folder: Path, settings: DatasetFile, data: KnownData | None = None
) -> tuple[Images, Images]:
    arrays = [_idx_file(folder, getattr(settings, part), data) for part in _PARTS]
    return _images(*arrays[:2]), _images(*arrays[2:])


def _idx_file(folder: Path, name: str, data: KnownData | None) -> Bytes:
    path = next((p for p in (folder / name, folder / f"{name}.gz") if p.is_file()), None)
    if path is None:
        raise DataError(f"{folder / name}: missing")
    raw = decompressed(path.read_bytes(), str(path))
    if data is not None:
        remedy = f"Remove {path} and run `grader data {data.name}`."
        check_published(data, name, raw, remedy=remedy)
    return read_idx(raw, str(path))


def _from_npz(folder: Path, settings: DatasetFile) -> tuple[Images, Images]:
    path = folder / settings.file
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = [np.asarray(stored[part]) for part in _PARTS]
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise DataError(f"{path}: cannot be read ({error})") from None
    return _images(*arrays[:2]), _images(*arrays[2:])


def _from_folders(folder: Path, settings: DatasetFile) -> tuple[Images, Images]:
    import torch  # noqa: PLC0415  # decoding pictures is for this format alone
    from torchvision.io import ImageReadMode, decode_image  # noqa: PLC0415  # likewise

    mode = ImageReadMode.GRAY if settings.channels == 1 else ImageReadMode.RGB
    pixels, labels = [], []
    for label, name in enumerate(settings.classes):
        paths = sorted(p for p in (folder / name).glob("*") if p.suffix in (".png", ".jpg"))
        if not paths:
            raise DataError(f"{folder / name}: no .png or .jpg in it")
        for path in paths:
            raw = torch.frombuffer(bytearray(path.read_bytes()), dtype=torch.uint8)
            try:
                with warnings.catch_warnings():  # to be removed one day in favour of TorchCodec
                    warnings.simplefilter("ignore", DeprecationWarning)
                    pixels.append(decode_image(raw, mode).numpy())
            except RuntimeError as error:
                raise DataError(f"{path}: not a picture ({error})") from None
            labels.append(label)
    if len({image.shape for image in pixels}) != 1:
        raise DataError(f"{folder}: the pictures differ in size")
    order = np.random.default_rng(settings.split_seed).permutation(len(labels))
    count = max(1, round(settings.test_share * len(labels)))
    every = Images(pixels=np.stack(pixels), labels=np.array(labels, np.int64))
    return every.take(order[count:]), every.take(order[:count])


def _images(pixels: Bytes, labels: Bytes) -> Images:
    if pixels.dtype != np.uint8:
        raise DataError(f"the images are {pixels.dtype}, wanted grey levels in uint8")
    if pixels.ndim == 3:
        pixels = pixels[:, None]
    return Images(pixels=pixels, labels=labels.astype(np.int64))


def _check(folder: Path, images: Images, settings: DatasetFile) -> None:
    wanted = (settings.channels, *settings.size)
    if images.pixels.shape[1:] != wanted:
        raise DataError(
            f"{folder}: the images are {images.pixels.shape[1:]}, dataset.toml says {wanted}",
        )
    if not len(images) or images.labels.max() >= len(settings.classes):
        raise DataError(
            f"{folder}: the labels must be 0 to {len(settings.classes) - 1}, and there must be "
            "images at all",
        )
