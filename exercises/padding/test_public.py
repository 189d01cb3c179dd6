"""Public tests of padding: small images with their borders, to run while you work."""

import torch


def test_zeros_all_around(submission):
    """One zero on every side of a 1 x 2 image."""
    expected = torch.tensor([[0.0, 0.0, 0.0, 0.0], [0.0, 1.0, 2.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
    submission.pad2d.returns(expected, torch.tensor([[1.0, 2.0]]), 1)


def test_order_of_the_widths(submission):
    """(left, right, top, bottom): two columns on the left, one row below."""
    expected = torch.tensor([[0.0, 0.0, 1.0, 2.0, 3.0], [0.0, 0.0, 0.0, 0.0, 0.0]])
    submission.pad2d.returns(expected, torch.tensor([[1.0, 2.0, 3.0]]), (2, 0, 0, 1))


def test_replicate(submission):
    """The example of the statement, corners included."""
    expected = torch.tensor(
        [
            [1.0, 1.0, 2.0, 3.0, 3.0, 3.0],
            [1.0, 1.0, 2.0, 3.0, 3.0, 3.0],
            [4.0, 4.0, 5.0, 6.0, 6.0, 6.0],
        ]
    )
    image = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    submission.pad2d.returns(expected, image, (1, 2, 1, 0), mode="replicate")


def test_reflect(submission):
    """A row, mirrored about its border pixels, which are not repeated."""
    expected = torch.tensor([[3.0, 2.0, 1.0, 2.0, 3.0, 4.0, 3.0]])
    image = torch.tensor([[1.0, 2.0, 3.0, 4.0]])
    submission.pad2d.returns(expected, image, (2, 1, 0, 0), mode="reflect")


def test_circular(submission):
    """A row, continued with the pixels of its other end."""
    expected = torch.tensor([[3.0, 4.0, 1.0, 2.0, 3.0, 4.0, 1.0]])
    image = torch.tensor([[1.0, 2.0, 3.0, 4.0]])
    submission.pad2d.returns(expected, image, (2, 1, 0, 0), mode="circular")
