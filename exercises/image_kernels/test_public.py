"""Public tests of image_kernels: a small image with its answers, to run while you work."""

import torch

STEP = torch.tensor([[10.0, 10.0, 50.0, 50.0], [10.0, 10.0, 50.0, 50.0]])
LEFT_TO_RIGHT = torch.tensor([[-1.0, 0.0, 1.0]])


def test_black_outside(submission):
    """The example of the statement: with zeros, the frame looks like an edge."""
    expected = torch.tensor([[10.0, 40.0, 40.0, -50.0], [10.0, 40.0, 40.0, -50.0]])
    submission.filter2d.returns(expected, STEP, LEFT_TO_RIGHT)


def test_extended_border(submission):
    """The example of the statement: no step at the border."""
    expected = torch.tensor([[0.0, 40.0, 40.0, 0.0], [0.0, 40.0, 40.0, 0.0]])
    submission.filter2d.returns(expected, STEP, LEFT_TO_RIGHT, edge="extend")


def test_crop(submission):
    """The example of the statement: two columns fewer."""
    expected = torch.tensor([[40.0, 40.0], [40.0, 40.0]])
    submission.filter2d.returns(expected, STEP, LEFT_TO_RIGHT, edge="crop")


def test_flip(submission):
    """The same kernel turned by 180 degrees: every sign changes."""
    expected = torch.tensor([[-40.0, -40.0], [-40.0, -40.0]])
    submission.filter2d.returns(expected, STEP, LEFT_TO_RIGHT, edge="crop", flip=True)


def test_a_single_bright_pixel(submission):
    """A single bright pixel draws the kernel, turned: each neighbour sees it on the other side."""
    img = torch.tensor([[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    kernel = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
    expected = torch.tensor([[9.0, 8.0, 7.0], [6.0, 5.0, 4.0], [3.0, 2.0, 1.0]])
    submission.filter2d.returns(expected, img, kernel)
