import warnings

import numpy as np
import pytest

from grader.data import known, read_data, write_idx
from grader.errors import DataError, UsageError

SETTINGS = """
name = "tiny"
licence = "none needed"
classes = ["a", "b"]
size = [2, 3]
"""
PIXELS = np.arange(24, dtype=np.uint8).reshape(4, 2, 3)
LABELS = np.array([0, 1, 1, 0], np.uint8)


def folder_with(path, text):
    (path / "dataset.toml").write_text(text)
    return path


def test_the_committed_subset_is_balanced_real_and_small(root):
    folder = root / "exercises/mnist/data"
    data = read_data(folder)
    assert np.bincount(data.train.labels).tolist() == [200] * 10
    assert np.bincount(data.test.labels).tolist() == [50] * 10
    assert 0.12 < data.train.pixels.mean() / 255 < 0.14
    assert data.is_subset
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1_000_000


def test_no_image_of_the_subset_is_in_both_parts(root):
    data = read_data(root / "exercises/mnist/data")
    train = {image.tobytes() for image in data.train.pixels}
    assert not train & {image.tobytes() for image in data.test.pixels}


def test_idx_files_may_be_compressed(tmp_path):
    folder_with(tmp_path, SETTINGS)
    for part, array in (("train-images-idx3", PIXELS), ("train-labels-idx1", LABELS)):
        (tmp_path / f"{part}-ubyte.gz").write_bytes(write_idx(array, compress=True))
        (tmp_path / f"{part.replace('train', 't10k')}-ubyte").write_bytes(write_idx(array))
    data = read_data(tmp_path)
    assert np.array_equal(data.train.pixels[:, 0], PIXELS)
    assert np.array_equal(data.test.labels, LABELS)


def test_arrays_of_an_npz_are_read(tmp_path):
    folder_with(tmp_path, SETTINGS + 'format = "npz"\n')
    np.savez(
        tmp_path / "data.npz",
        train_images=PIXELS, train_labels=LABELS, test_images=PIXELS[:1], test_labels=LABELS[:1],
    )  # fmt: skip
    assert len(read_data(tmp_path).train) == 4


def test_an_npz_with_objects_in_it_is_never_unpickled(tmp_path):
    folder_with(tmp_path, SETTINGS + 'format = "npz"\n')
    odd = np.array([print], dtype=object)
    np.savez(tmp_path / "data.npz", train_images=odd, train_labels=odd)
    with pytest.raises(DataError, match="cannot be read"):
        read_data(tmp_path)


def test_folders_of_pictures_are_split_by_seed(tmp_path):
    import torch
    from torchvision.io import write_png

    folder_with(tmp_path, SETTINGS + 'format = "folders"\ntest_share = 0.25\n')
    for name in "ab":
        (tmp_path / name).mkdir()
        for number in range(4):
            image = torch.full((1, 2, 3), number, dtype=torch.uint8)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                write_png(image, str(tmp_path / name / f"{number}.png"))
    data = read_data(tmp_path)
    assert (len(data.train), len(data.test)) == (6, 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nonsense", "not TOML"),
        (SETTINGS + 'colour = "red"', "colour"),
        (SETTINGS.replace('licence = "none needed"', ""), "licence"),
        (SETTINGS + 'format = "csv"', "format"),
    ],
)
def test_a_wrong_description_is_named(tmp_path, text, message):
    with pytest.raises(UsageError, match=message):
        read_data(folder_with(tmp_path, text))


def test_a_label_beyond_the_classes_is_refused(tmp_path):
    folder_with(tmp_path, SETTINGS + 'format = "npz"\n')
    arrays = {"train_images": PIXELS, "train_labels": LABELS + 1}
    arrays |= {"test_images": PIXELS, "test_labels": LABELS}
    np.savez(tmp_path / "data.npz", **arrays)
    with pytest.raises(DataError, match="labels must be 0 to 1"):
        read_data(tmp_path)


def test_images_of_another_size_are_refused(tmp_path):
    folder_with(tmp_path, SETTINGS.replace("[2, 3]", "[28, 28]") + 'format = "npz"\n')
    arrays = {"train_images": PIXELS, "train_labels": LABELS}
    arrays |= {"test_images": PIXELS, "test_labels": LABELS}
    np.savez(tmp_path / "data.npz", **arrays)
    with pytest.raises(DataError, match=r"are \(1, 2, 3\)"):
        read_data(tmp_path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match="train-images-idx3-ubyte: missing"):
        read_data(tmp_path, known("mnist"))
