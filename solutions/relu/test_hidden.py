"""Hidden tests of relu: many shapes, large numbers, nan and infinities.

ReLU selects values and computes none, so everything is compared exactly.
"""

import math

import torch

from grader.runner import case, tier

INF, NAN = math.inf, math.nan


def values(draw):
    """A random tensor with one to four unequal axes, positive and negative numbers."""
    return case(draw.normal(*draw.shape(draw.randint(1, 4), 1, 6)))


def large_values(draw):
    """The same, with numbers around 1000."""
    return case(draw.normal(*draw.shape(draw.randint(1, 4), 1, 6), scale=1000.0))


def away_from_the_kink(draw):
    """Random numbers, one of them positive, none near 0, where the slope is mere convention."""
    x = draw.normal(*draw.shape(draw.randint(1, 4), 1, 6), scale=3.0)
    x.view(-1)[0].abs_()
    return case(torch.where(x.abs() < 0.01, x + 1.0, x))


@tier("basic", of="relu")
def test_negative_numbers_become_zero(submission, oracle):
    """What is below 0 becomes 0."""
    submission.relu.agrees_with(
        oracle.relu,
        [
            case(torch.tensor([-1.0])),
            case(torch.tensor([-0.5, -2.0])),
            case(torch.tensor([-0.001, -1.0, -7.0])),
            case(torch.tensor([[-3.0, -0.25, -9.0], [-1.5, -4.0, -0.125]])),
        ],
        exact=True,
    )


@tier("basic", of="relu")
def test_positive_numbers_stay(submission, oracle):
    """0 and what is above 0 stay as they are."""
    submission.relu.agrees_with(
        oracle.relu,
        [
            case(torch.tensor([0.0])),
            case(torch.tensor([0.5])),
            case(torch.tensor([1.0, 0.001])),
            case(torch.tensor([7.0, 0.25, 3.0])),
            case(torch.tensor([[0.75, 2.0, 6.5], [1.0, 100.0, 0.125]])),
        ],
        exact=True,
    )


@tier("basic", of="relu")
def test_each_element_on_its_own(submission, oracle, cases):
    """Each element is treated on its own, whatever the shape."""
    submission.relu.agrees_with(
        oracle.relu,
        [case(torch.tensor(-2.0)), case(torch.tensor([1.0, -1.0]))] + cases.random(20, values),
        exact=True,
    )


@tier("parameters", of="relu")
def test_large_numbers(submission, oracle, cases):
    """There is no upper bound: 1000 stays 1000, and -1000 becomes 0."""
    submission.relu.agrees_with(
        oracle.relu,
        [case(torch.tensor([1000.0])), case(torch.tensor([[-1000.0, 7.0], [20.0, 1e6]]))]
        + cases.random(10, large_values),
        exact=True,
    )


@tier("parameters", of="relu")
def test_small_numbers(submission, oracle):
    """Numbers close to 0 are treated like any others."""
    submission.relu.agrees_with(
        oracle.relu,
        [
            case(torch.tensor([1e-3, -1e-3])),
            case(torch.tensor([[1e-6, -1e-6, 1e-5]])),
            case(torch.tensor([[1e-9], [-1e-9]])),
            case(torch.tensor([[1e-30, -1e-30], [0.0, 1e-20]])),
        ],
        exact=True,
    )


@tier("parameters", of="relu", states="Gradients flow back to x.")
def test_gradient(submission, oracle, cases):
    """The gradient passes where x is positive and stops where x is negative."""
    submission.relu.gradient_agrees_with(
        oracle.relu,
        [case(torch.tensor([2.0])), case(torch.tensor([-2.0, 3.0]))]
        + cases.random(10, away_from_the_kink),
    )


@tier("edge", of="relu", states="nan stays nan.")
def test_nan_stays(submission, oracle):
    """nan stays nan, so that an earlier error is not hidden."""
    submission.relu.agrees_with(
        oracle.relu,
        [case(torch.tensor([NAN])), case(torch.tensor([[-1.0, NAN, 2.0], [NAN, 0.0, -3.0]]))],
        exact=True,
    )


@tier(
    "edge",
    of="relu",
    states="-inf becomes 0, inf stays inf, and very large numbers stay as they are.",
)
def test_infinities(submission, oracle):
    """-inf becomes 0, and neither inf nor the largest numbers change."""
    submission.relu.agrees_with(
        oracle.relu,
        [
            case(torch.tensor([-INF])),
            case(torch.tensor([INF, 1.0])),
            case(torch.tensor([3e38])),
            case(torch.tensor([3e38, -3e38])),
            case(torch.tensor([[2.5e38, -1.0], [-2.5e38, 1.0]])),
            case(torch.tensor([[-INF, -1.0, INF], [2.0, -INF, 0.0]])),
        ],
        exact=True,
    )


@tier("edge", of="relu", states="The result has the dtype of x.")
def test_dtype_is_kept(submission, oracle):
    """float64 stays float64."""
    submission.relu.type_agrees_with(
        oracle.relu,
        [
            case(torch.tensor([-1.0, 2.0], dtype=torch.float64)),
            case(torch.tensor([[1.5, -2.0, 0.0]], dtype=torch.float64)),
        ],
    )


@tier("edge", of="relu", states="The input is not changed.")
def test_input_is_not_changed(submission):
    """The caller's tensor stays as it was."""
    submission.relu.leaves_arguments_alone(
        [case(torch.tensor([-1.0, 2.0])), case(torch.tensor([[-1.0, 2.0, -3.0], [4.0, -5.0, 6.0]]))]
    )


@tier(
    "edge",
    of="relu",
    states="It works for any memory layout, for example after x.transpose(0, 1).",
)
def test_any_memory_layout(submission, oracle):
    """A transposed tensor is treated like any other."""
    rows = torch.arange(-7.0, 8.0).reshape(3, 5)
    stack = torch.arange(-11.0, 13.0).reshape(2, 4, 3)
    submission.relu.agrees_with(
        oracle.relu,
        [
            case(rows.transpose(0, 1)),
            case(rows[:, ::2]),
            case(stack.transpose(0, 1)),
            case(stack.permute(2, 0, 1)),
        ],
        exact=True,
    )
