"""Public tests of conv_layer: small calls with their answers, to run while you work."""

import torch

IMAGE = torch.tensor([[[[1.0, 2.0, 0.0, 1.0], [0.0, 1.0, 3.0, 2.0], [2.0, 0.0, 1.0, 1.0]]]])
KERNEL = torch.tensor([[[[1.0, 0.0], [2.0, -1.0]]]])


def test_one_channel(submission):
    """The example of the statement; the kernel is not flipped."""
    expected = torch.tensor([[[[0.0, 1.0, 4.0], [4.0, 0.0, 4.0]]]])
    submission.conv2d.returns(expected, IMAGE, KERNEL)


def test_bias(submission):
    """The bias is added once to every value."""
    expected = torch.tensor([[[[10.0, 11.0, 14.0], [14.0, 10.0, 14.0]]]])
    submission.conv2d.returns(expected, IMAGE, KERNEL, bias=torch.tensor([10.0]))


def test_stride_and_padding(submission):
    """A frame of zeros, then every second place."""
    expected = torch.tensor([[[[-1.0, 4.0, 2.0], [-2.0, 0.0, 4.0]]]])
    submission.conv2d.returns(expected, IMAGE, KERNEL, stride=2, padding=1)


def test_input_channels_are_summed(submission):
    """Two channels of one pixel, two filters: 2*1 + 3*10 and 2*0 + 3*5."""
    x = torch.tensor([[[[2.0]], [[3.0]]]])
    weight = torch.tensor([[[[1.0]], [[10.0]]], [[[0.0]], [[5.0]]]])
    submission.conv2d.returns(torch.tensor([[[[32.0]], [[15.0]]]]), x, weight)


def test_parameters(submission):
    """The example of the statement, with and without biases."""
    submission.conv_params.returns(448, 3, 16, 3)
    submission.conv_params.returns(432, 3, 16, 3, bias=False)


def test_parameters_with_groups(submission):
    """Two groups halve the weights of each filter: 6 * (4 / 2) * 3 * 3 + 6."""
    submission.conv_params.returns(114, 4, 6, 3, groups=2)
