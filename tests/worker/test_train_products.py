"""Large products by oneDNN: the same numbers but for their last digits, and only where asked."""

import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.profiler import profile

from grader.steps import lenet, mlp
from grader.training import processor
from grader.worker.train_products import by_onednn, is_worth_it


@pytest.fixture
def products():
    """In a list of its own, so that a test can let go of it."""
    kept = [by_onednn()]
    if kept[0] is None:
        pytest.skip("this torch has not both oneDNN and MKL, or is older than 2.9")
    return kept


def layer():
    """Images, weights and bias of a layer whose products are large."""
    generator = torch.Generator().manual_seed(0)
    shapes = (64, 784), (512, 784), (512,)
    return [torch.randn(shape, generator=generator).requires_grad_() for shape in shapes]


def passes(images, weight, bias):
    """A pass forward, one backward, and one through that."""
    outputs = functional.linear(images, weight, bias)
    first = torch.autograd.grad(outputs.square().mean(), (images, weight), create_graph=True)
    second = torch.autograd.grad(first[0].square().sum(), (images, weight))
    return [outputs, *first, *second]


def used(action):
    with profile() as figures:
        action()
    return sum(e.count for e in figures.key_averages() if e.key == "mkldnn::_linear_pointwise")


def test_a_layer_and_its_gradients_are_those_of_float64(products):
    found = passes(*layer())
    exact = passes(*[leaf.detach().double().requires_grad_() for leaf in layer()])
    for ours, theirs in zip(found, exact, strict=True):
        assert ours.dtype is torch.float32
        assert torch.allclose(
            ours.double(), theirs, rtol=1e-4, atol=1e-6 * float(theirs.detach().abs().max())
        )
    assert used(lambda: passes(*layer())) >= 4


def test_small_ones_and_other_types_stay_as_they_were(products):
    rows = torch.ones(2, 3)
    assert used(lambda: rows @ rows.t()) == 0
    assert used(lambda: torch.ones(64, 784).double() @ torch.ones(784, 512).double()) == 0
    assert torch.equal(rows @ rows.t(), torch.full((2, 2), 3.0))
    assert (
        torch.addmm(torch.ones(512), torch.ones(64, 784), torch.ones(784, 512), beta=2)[0, 0] == 786
    )
    assert torch.addmm(torch.ones(64, 1), torch.ones(64, 784), torch.ones(784, 512))[0, 0] == 785


def test_matrices_may_lie_in_any_order(products):
    wide, flipped = torch.randn(64, 1568)[:, ::2], torch.randn(784, 512)
    for left in (wide, torch.randn(1, 784).expand(64, 784), torch.randn(784, 64).t()):
        exact = left.double() @ flipped.double()
        assert torch.allclose((left @ flipped).double(), exact, rtol=1e-4, atol=1e-3)
        assert torch.allclose((left @ flipped.t().contiguous().t()).double(), exact, atol=1e-3)


def test_what_is_not_finite_stays_so(products):
    broken = torch.ones(64, 784)
    broken[0, 0], broken[1, 0] = torch.nan, torch.inf
    outputs = broken @ torch.ones(784, 512)
    assert outputs[0].isnan().all()
    assert outputs[1].isposinf().all()
    assert outputs[2].eq(784).all()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: torch.ones(64, 784) @ torch.ones(512, 784),
        lambda: torch.ones(64, 784) @ torch.ones(784, 512).double(),
        lambda: torch.addmm(torch.ones(7), torch.ones(64, 784), torch.ones(784, 512)),
    ],
)
def test_mistakes_are_told_in_torchs_words(wrong):
    with pytest.raises(RuntimeError) as usual:
        wrong()
    products = by_onednn()
    with pytest.raises(RuntimeError) as ours:
        wrong()
    assert str(ours.value) == str(usual.value)
    del products


def test_it_ends_with_what_was_returned(products):
    assert used(lambda: passes(*layer())) > 0
    products.clear()
    assert used(lambda: passes(*layer())) == 0


def test_it_is_for_models_with_large_layers():
    assert is_worth_it(mlp())
    assert not is_worth_it(lenet())
    assert not is_worth_it(nn.Conv2d(64, 128, 5))


@pytest.mark.parametrize(
    ("text", "answer"),
    [("vendor_id\t: AuthenticAMD\n", True), ("vendor_id\t: GenuineIntel\n", False), (None, False)],
)
def test_who_made_the_processor_decides(tmp_path, monkeypatch, text, answer):
    path = tmp_path / "cpuinfo"
    if text is not None:
        path.write_text(text)
    monkeypatch.setattr(processor, "_LIST", path)
    processor.is_half_used_by_mkl.cache_clear()
    try:
        assert processor.is_half_used_by_mkl() is answer
    finally:
        processor.is_half_used_by_mkl.cache_clear()
