"""Pooling in vector instructions: torch's values, places and gradients, and only where it fits."""

import pytest
import torch
from torch.nn import functional
from torch.profiler import profile

from grader.worker.train_pooling import faster_pooling

LARGE = (16, 6, 28, 28)


@pytest.fixture
def pooling():
    """In a list of its own, so that a test can let go of it."""
    kept = [faster_pooling()]
    if kept[0] is None:
        pytest.skip("this torch is older than 2.9")
    return kept


def torchs(images, *arguments, **options):
    """As in a tensor of float64, which is never pooled in another way."""
    values, places = functional.max_pool2d(
        images.double(), *arguments, **options, return_indices=True
    )
    return values.float(), places


def is_faster(action):
    """Whether the columns were compared as a whole."""
    with profile() as figures:
        action()
    return any(event.key == "aten::maximum" for event in figures.key_averages())


def images_of(shape, *, most=3):
    """Small whole numbers, so that many windows hold the largest value more than once."""
    generator = torch.Generator().manual_seed(0)
    return torch.randint(-most, most + 1, shape, generator=generator).float()


@pytest.mark.parametrize(
    "shape",
    [LARGE, (16, 6, 27, 28), (16, 6, 28, 27), (16, 6, 29, 29), (64, 256, 2, 2), (64, 256, 3, 2),
     (1, 1, 200, 254), (8, 64, 64)],
)  # fmt: skip
@pytest.mark.parametrize("most", [1, 100_000])
def test_values_and_places_are_torchs(pooling, shape, most):
    images = images_of(shape, most=most)
    assert is_faster(lambda: functional.max_pool2d(images, 2))
    values, places = functional.max_pool2d(images, 2, return_indices=True)
    assert torch.equal(values, torchs(images, 2)[0])
    assert torch.equal(places, torchs(images, 2)[1])
    assert places.dtype is torch.int64
    assert values.is_contiguous()
    assert places.is_contiguous()


def test_every_order_of_four_values(pooling):
    """Each window there can be of four values out of -inf, -1, -0.0, 0, 1 and inf."""
    numbers = torch.tensor([-torch.inf, -1.0, -0.0, 0.0, 1.0, torch.inf])
    windows = torch.cartesian_prod(numbers, numbers, numbers, numbers)
    finite = windows[windows.isfinite().all(1)].view(-1, 1, 2, 2).repeat(16, 1, 1, 1)
    assert is_faster(lambda: functional.max_pool2d(finite, 2))
    for images in (finite, windows.view(-1, 1, 2, 2).repeat(4, 1, 1, 1)):
        values, places = functional.max_pool2d(images, 2, return_indices=True)
        assert torch.equal(values, torchs(images, 2)[0])
        assert torch.equal(places, torchs(images, 2)[1])


def test_what_is_not_a_number_stays_where_torch_puts_it(pooling):
    images = images_of(LARGE)
    images[0, 0, 0, :4] = torch.nan
    values, places = functional.max_pool2d(images, 2, return_indices=True)
    assert values[0, 0, 0, :2].isnan().all()
    assert torch.equal(values.nan_to_num(7), torchs(images, 2)[0].nan_to_num(7))
    assert torch.equal(places, torchs(images, 2)[1])


def gradients(images):
    """Those of a loss, and of a loss of those."""
    outputs = functional.max_pool2d(images, 2)
    (first,) = torch.autograd.grad(outputs.pow(3).sum(), images, create_graph=True)
    (second,) = torch.autograd.grad(first.square().sum(), images)
    return outputs, first, second


def test_gradients_are_torchs(pooling):
    images = images_of(LARGE).requires_grad_()
    ours = gradients(images)
    pooling.clear()
    for found, usual in zip(ours, gradients(images), strict=True):
        assert torch.equal(found, usual)


@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated")  # torch's own, in `jvp`
def test_gradients_of_other_kinds_work(pooling):
    images = images_of(LARGE)

    def loss(images):
        return functional.max_pool2d(images, 2).square().sum()

    def everything():
        forward = torch.func.jvp(loss, (images,), (torch.ones_like(images),))
        each = torch.vmap(torch.func.grad(loss))(images)
        return [*forward, torch.func.grad(loss)(images), each]

    ours = everything()
    pooling.clear()
    for found, usual in zip(ours, everything(), strict=True):
        assert torch.equal(found, usual)


@pytest.mark.parametrize(
    ("arguments", "options"),
    [((3,), {}), ((2, 1), {}), ((2,), {"padding": 1}), ((2,), {"dilation": 2}),
     ((2,), {"ceil_mode": True}), (((2, 1),), {}), (((1, 2),), {}), ((2, (2, 1)), {}),
     ((2,), {"padding": (0, 1)}), ((2,), {"dilation": (1, 2)})],
)  # fmt: skip
def test_other_windows_are_left_to_torch(pooling, arguments, options):
    images = images_of((16, 6, 29, 29))
    assert not is_faster(lambda: functional.max_pool2d(images, *arguments, **options))
    found = functional.max_pool2d(images, *arguments, **options, return_indices=True)
    for ours, usual in zip(found, torchs(images, *arguments, **options), strict=True):
        assert torch.equal(ours, usual)


@pytest.mark.parametrize(
    "images",
    [images_of((2, 3, 8, 8)), images_of(LARGE).double(), images_of(LARGE).bfloat16(),
     images_of(LARGE).to(memory_format=torch.channels_last), images_of(LARGE).transpose(2, 3),
     images_of((1, 1, 200, 255)), torch.empty(0, 3, 8, 8)],
    ids=["small", "float64", "bfloat16", "channels last", "transposed", "wide", "none"],
)  # fmt: skip
def test_other_tensors_are_left_to_torch(pooling, images):
    assert not is_faster(lambda: functional.max_pool2d(images, 2))
    assert torch.equal(functional.max_pool2d(images, 2).float(), torchs(images, 2)[0])


@pytest.mark.parametrize("shape", [(20_000, 1, 1, 1), (1, 20_000, 4, 1), (5, 4, 2, 30, 30)])
def test_mistakes_are_told_in_torchs_words(pooling, shape):
    with pytest.raises(RuntimeError) as ours:
        functional.max_pool2d(torch.ones(shape), 2)
    pooling.clear()
    with pytest.raises(RuntimeError) as usual:
        functional.max_pool2d(torch.ones(shape), 2)
    assert str(ours.value) == str(usual.value)


def test_it_ends_with_what_was_returned(pooling):
    images = images_of(LARGE)
    assert is_faster(lambda: functional.max_pool2d(images, 2))
    pooling.clear()
    assert not is_faster(lambda: functional.max_pool2d(images, 2))


def test_two_at_once_end_one_by_one(pooling):
    images = images_of(LARGE)
    second = faster_pooling()
    pooling.clear()
    assert is_faster(lambda: functional.max_pool2d(images, 2))
    assert torch.equal(functional.max_pool2d(images, 3), torchs(images, 3)[0])
    del second
    assert not is_faster(lambda: functional.max_pool2d(images, 2))


def test_it_works_without_gradients_and_in_inference_mode(pooling):
    images = images_of(LARGE)
    with torch.inference_mode():
        inferred = functional.max_pool2d(images, 2)
    with torch.no_grad():
        assert torch.equal(functional.max_pool2d(images, 2), inferred)
    gradients(images.requires_grad_())  # what inference mode left behind does no harm
