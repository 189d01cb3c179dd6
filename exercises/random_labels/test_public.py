"""Public tests of random_labels: a few calls with their answers, to run while you work."""

import torch


def test_nothing_is_replaced(submission):
    """With frac 0 all labels stay."""
    y = torch.tensor([3, 1, 4, 1, 5, 9, 2, 6])
    submission.randomise_labels.returns(y, y, 0.0)


def test_half_of_the_labels(submission):
    """The example of the statement: the places 4, 0, 7 and 3 get the labels 3, 7, 3 and 1."""
    y = torch.tensor([3, 1, 4, 1, 5, 9, 2, 6])
    expected = torch.tensor([7, 1, 4, 1, 3, 9, 2, 3])
    submission.randomise_labels.returns(expected, y, 0.5)


def test_another_seed(submission):
    """Another seed draws other places and other labels."""
    y = torch.tensor([3, 1, 4, 1, 5, 9, 2, 6])
    expected = torch.tensor([3, 1, 2, 1, 9, 1, 8, 6])
    submission.randomise_labels.returns(expected, y, 0.5, seed=1)
