import numpy as np
import pytest

from grader.data import Images, subset
from grader.errors import DataError


def numbered(count, classes=5):
    labels = np.arange(count) % classes
    pixels = (np.arange(count) % 256).astype(np.uint8).reshape(-1, 1, 1, 1)
    return Images(pixels=pixels, labels=labels)


def test_a_subset_has_all_classes_equally_often():
    few = subset(numbered(103), 25, seed=1)
    assert np.bincount(few.labels).tolist() == [5] * 5


def test_a_subset_that_does_not_divide_differs_by_one_at_most():
    assert np.ptp(np.bincount(subset(numbered(103), 23, seed=1).labels)) == 1


def test_the_seed_decides_which_images_are_taken():
    one, same, other = (subset(numbered(100), 20, seed=seed).pixels for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_labels_stay_with_their_images():
    few = subset(numbered(100), 40, seed=3)
    assert np.array_equal(few.pixels.ravel() % 5, few.labels)


def test_images_without_their_labels_are_refused():
    with pytest.raises(DataError, match="do not go with 3 labels"):
        Images(pixels=np.zeros((4, 1, 2, 2), np.uint8), labels=np.zeros(3, np.int64))
