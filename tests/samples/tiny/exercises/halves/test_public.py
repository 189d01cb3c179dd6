import torch


def test_half_of_four(submission):
    """Half of 4 is 2."""
    submission.half.returns(torch.tensor([2.0]), torch.tensor([4.0]))


def test_half_of_one(submission):
    """Half of 1 is 0.5."""
    submission.half.returns(torch.tensor([0.5]), torch.tensor([1.0]))
