import numpy as np
import pytest

from grader.data import Data, Images, read_data
from grader.training import resplit


@pytest.fixture(scope="module")
def public(root):
    return read_data(root / "exercises/mnist/data")


def images(count, seed):
    generator = np.random.default_rng(seed)
    pixels = generator.integers(0, 256, (count, 1, 4, 4), np.uint8)
    return Images(pixels=pixels, labels=generator.integers(0, 10, count))


def data(train, test):
    return Data(name="x", title="X", classes=tuple("0123456789"), train=train, test=test)


def keys(part):
    return {image.tobytes() for image in part.pixels}


def test_no_image_is_in_both_parts(public):
    split = resplit(public, public, seed=3, held_out=10_000)
    assert not keys(split.train) & keys(split.clean)
    assert len(split.train) + len(split.held_out) == 2_500


def test_published_test_images_are_mixed_into_training(public):
    split = resplit(public, public, seed=3, held_out=500)
    assert 300 < len(keys(split.train) & keys(public.test)) < 500


def test_noise_is_0_to_2_grey_levels_and_stays_within_255(public):
    split = resplit(public, public, seed=3, held_out=500)
    added = split.held_out.pixels.astype(int) - split.clean.pixels
    assert added.min() == 0
    assert added.max() == 2
    assert 0.9 < added[split.clean.pixels == 0].mean() < 1.1
    assert np.array_equal(split.held_out.labels, split.clean.labels)


def test_every_held_out_image_differs_from_the_published_one(public):
    split = resplit(public, public, seed=3, held_out=500)
    assert not keys(split.held_out) & keys(split.clean)


def test_the_seed_decides_the_split(public):
    one, same, other = (resplit(public, public, seed=seed, held_out=500) for seed in (1, 1, 2))
    assert np.array_equal(one.held_out.pixels, same.held_out.pixels)
    assert not np.array_equal(one.held_out.labels, other.held_out.labels)


def test_public_images_are_never_held_out_of_a_full_data_set():
    every = images(200, seed=1)
    known = data(every.take(np.arange(60)), every.take(np.arange(60, 80)))
    whole = data(every.take(np.arange(150)), every.take(np.arange(150, 200)))
    split = resplit(whole, known, seed=0, held_out=40)
    assert len(split.held_out) == 40
    assert not keys(split.clean) & (keys(known.train) | keys(known.test))


def test_at_most_a_fifth_is_held_out():
    split = resplit(data(images(80, 1), images(20, 2)), data(images(1, 3), images(1, 4)),
                    seed=0, held_out=10_000)  # fmt: skip
    assert len(split.held_out) == 20


def test_passes_repeat_the_training_images_of_a_subset_only(public):
    assert len(resplit(public, public, seed=0, held_out=500, passes=4).train) == 8_000
    whole = data(images(80, 1), images(20, 2))
    assert len(resplit(whole, public, seed=0, held_out=20, passes=4).train) == 80


def test_data_of_an_exercises_own_are_held_out_although_they_are_public():
    own = data(images(80, 1), images(20, 2))
    assert len(resplit(own, own, seed=0, held_out=15).held_out) == 15
