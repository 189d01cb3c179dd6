import torch

from grader.runner import case, tier


def any_tensor(draw):
    return case(draw.normal(*draw.shape(2, 1, 5)))


@tier("basic", of="relu")
def test_relu(submission, oracle, cases):
    """Negative numbers become 0."""
    submission.relu.agrees_with(
        oracle.relu, [case(torch.tensor([-1.0, 2.0]))] + cases.random(5, any_tensor)
    )
