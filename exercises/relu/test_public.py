"""Public tests of relu: small tensors with their answers, to run while you work."""

import torch


def test_negative_numbers_become_zero(submission):
    """What is below 0 becomes 0, the rest stays."""
    submission.relu.returns(torch.tensor([0.0, 0.0, 0.5, 3.0]), torch.tensor([-3.0, 0.0, 0.5, 3.0]))


def test_an_image(submission):
    """The example of the statement: each pixel on its own, the shape is kept."""
    expected = torch.tensor([[1.5, 0.0, 0.0], [0.0, 4.0, 0.0]])
    submission.relu.returns(expected, torch.tensor([[1.5, -2.0, 0.0], [-0.1, 4.0, -7.0]]))


def test_there_is_no_upper_bound(submission):
    """1000 stays 1000."""
    submission.relu.returns(torch.tensor([1000.0, 0.0]), torch.tensor([1000.0, -1000.0]))
