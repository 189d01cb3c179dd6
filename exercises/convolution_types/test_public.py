"""Public tests of convolution_types: a few calls with their answers, to run while you work."""

import torch


def test_transposed_convolution_doubles_the_size(submission):
    """The example of the statement: 4 pixels become 8."""
    submission.conv_transpose_out.returns(8, 4, 3, stride=2, padding=1, output_padding=1)


def test_two_kernels_of_three_see_five_pixels(submission):
    """Each layer with stride 1 adds kernel_size - 1 pixels."""
    submission.receptive_field.returns(5, [(3, 1, 1), (3, 1, 1)])


def test_a_stride_widens_what_comes_after_it(submission):
    """After a stride of 2, the second layer's steps count twice."""
    submission.receptive_field.returns(7, [(3, 2, 1), (3, 1, 1)])


def test_parameters_of_both_stages(submission):
    """3 * 25 for the depthwise stage and 3 * 8 for the pointwise one."""
    submission.separable_params.returns(99, 3, 8, 5, bias=False)


def test_operations_of_a_small_layer(submission):
    """3 * 5 positions, 8 filters, 3 channels, 9 taps."""
    submission.conv_macs.returns(3240, 5, 7, 3, 8, 3)


def test_two_groups_of_one_channel(submission):
    """The first filter sees the first channel, the second filter the second one."""
    x = torch.tensor([[[[1.0, 2.0]], [[3.0, 4.0]]]])
    weight = torch.tensor([[[[10.0]]], [[[100.0]]]])
    expected = torch.tensor([[[[10.0, 20.0]], [[300.0, 400.0]]]])
    submission.conv2d_grouped.returns(expected, x, weight, groups=2)
