import torch

from grader.runner import case, tier

HIDDEN = "@hidden@"  # whoever shows this has read the hidden tests
INPUT = "@input@"  # a text that only `repeat` is asked, in a test that shows nothing


def any_door(draw):
    return case(draw.randint(10, 10**9))


def any_tensor(draw):
    return case(draw.normal(*draw.shape(2, 1, 5)))


@tier("basic", of="open_vault", show="verdict")
def test_first_doors(submission, oracle, cases):
    """Doors 1 to 5."""
    submission.open_vault.agrees_with(oracle.open_vault, [case(n) for n in range(1, 6)])


@tier("parameters", of="open_vault", show="verdict")
def test_any_door(submission, oracle, cases):
    """Doors drawn by the assignment's seed."""
    submission.open_vault.agrees_with(oracle.open_vault, cases.random(5, any_door))


@tier("basic", of="double")
def test_double_of_small_tensors(submission, oracle, cases):
    """Twice the input."""
    small = [case(torch.ones(1)), case(torch.tensor([[1.0, -2.0]])), case(torch.zeros(2, 0))]
    submission.double.agrees_with(oracle.double, small + cases.random(10, any_tensor))


@tier("edge", of="double", states="The input is not changed.")
def test_double_leaves_its_input_alone(submission, oracle, cases):
    """The caller's tensor is left alone."""
    submission.double.leaves_arguments_alone([case(torch.ones(3))])


@tier("basic", of="mean_of")
def test_mean(submission, oracle, cases):
    """The mean of all elements."""
    submission.mean_of.agrees_with(oracle.mean_of, cases.random(10, any_tensor))


@tier("basic", of="repeat", show="verdict")
def test_repeat(submission, oracle, cases):
    """Any text."""
    submission.repeat.agrees_with(oracle.repeat, [case("a"), case(INPUT)])
