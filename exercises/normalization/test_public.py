"""A few friendly checks. The hidden tests try more shapes, more values and the edges."""

import torch


def test_black_and_white_become_zero_and_one(submission):
    """Black becomes 0.0 and white becomes 1.0."""
    img = torch.tensor([[0, 51, 255]], dtype=torch.uint8)
    submission.to_unit_range.returns(torch.tensor([[0.0, 0.2, 1.0]]), img)


def test_normalize_with_half_and_half(submission):
    """Mean 0.5 and std 0.5 turn the range [0, 1] into [-1, 1]."""
    x = torch.tensor([[[0.0, 0.25, 0.5, 1.0]]])
    submission.normalize.returns(torch.tensor([[[-1.0, -0.5, 0.0, 1.0]]]), x, 0.5, 0.5)


def test_normalize_with_one_mean_per_channel(submission):
    """Each channel has a mean and a std of its own."""
    x = torch.tensor([[[0.0, 0.5, 1.0]], [[0.5, 0.75, 1.0]]])
    expected = torch.tensor([[[-1.0, 0.0, 1.0]], [[1.0, 2.0, 3.0]]])
    submission.normalize.returns(expected, x, [0.5, 0.25], [0.5, 0.25])


def test_standardize_four_pixels(submission):
    """Half of the pixels 0, half 0.5: the mean is 0.25 and so is the standard deviation."""
    x = torch.tensor([[0.0, 0.0], [0.5, 0.5]])
    submission.standardize.returns(torch.tensor([[-1.0, -1.0], [1.0, 1.0]]), x)


def test_statistics_of_two_small_images(submission):
    """Two images of two pixels and two channels: one mean and one std per channel."""
    x = torch.tensor([[[[0.0, 0.2]], [[1.0, 1.0]]], [[[0.4, 0.6]], [[0.0, 0.0]]]])
    expected = (torch.tensor([0.3, 0.5]), torch.tensor([0.2236068, 0.5]))
    submission.channel_stats.returns(expected, x)
