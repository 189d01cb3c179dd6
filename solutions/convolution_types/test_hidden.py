"""Hidden tests of convolution_types: every option away from its default, no two sizes alike.

A convolution adds many products, so float32 results differ by the order of the sum. The tolerance
is rtol 1e-4 and atol 1e-5, and at least 4 eps of the sum of the absolute products.
"""

import math
from itertools import product

import torch
import torch.nn.functional as F

from grader.runner import case, tier

# conv_transpose_out


def transposed_grid(strides=(1,), paddings=(0,), extras=(0,), dilations=(1,)):
    """All small calls with these options and at least one pixel in the result."""
    names = ("stride", "padding", "output_padding", "dilation")
    calls = []
    for size, kernel in product((1, 2, 3, 5), (1, 2, 3, 4)):
        for stride, padding, extra, dilation in product(strides, paddings, extras, dilations):
            covered = (size - 1) * stride + dilation * (kernel - 1) + 1
            if extra < max(stride, dilation) and covered + extra > 2 * padding:
                values = zip(names, (stride, padding, extra, dilation), (1, 0, 0, 1))
                options = {name: value for name, value, usual in values if value != usual}
                calls.append(case(size, kernel, **options))
    return calls


def transposed_call(draw):
    """A random call in which every option may be away from its default."""
    size, kernel = draw.randint(1, 20), draw.randint(1, 6)
    stride, dilation = draw.randint(1, 4), draw.randint(1, 3)
    extra = draw.randrange(max(stride, dilation))
    covered = (size - 1) * stride + dilation * (kernel - 1) + 1 + extra
    return case(
        size,
        kernel,
        stride=stride,
        padding=draw.randint(0, min(3, (covered - 1) // 2)),
        output_padding=extra,
        dilation=dilation,
    )


@tier("basic", of="conv_transpose_out")
def test_transposed_without_options(submission, oracle):
    """With stride 1, a transposed convolution adds kernel_size - 1 pixels."""
    submission.conv_transpose_out.agrees_with(oracle.conv_transpose_out, transposed_grid())


@tier("basic", of="conv_transpose_out")
def test_transposed_stride(submission, oracle):
    """The stride spreads the input pixels, so it multiplies the steps between them."""
    submission.conv_transpose_out.agrees_with(
        oracle.conv_transpose_out, transposed_grid(strides=(2, 3))
    )


@tier("parameters", of="conv_transpose_out")
def test_transposed_padding(submission, oracle):
    """Padding cuts pixels off at both ends of the result."""
    submission.conv_transpose_out.agrees_with(
        oracle.conv_transpose_out, transposed_grid(strides=(1, 2), paddings=(1, 2))
    )


@tier("parameters", of="conv_transpose_out")
def test_transposed_output_padding(submission, oracle):
    """The output padding adds pixels at one end."""
    submission.conv_transpose_out.agrees_with(
        oracle.conv_transpose_out, transposed_grid(strides=(2, 3), paddings=(0, 1), extras=(1, 2))
    )


@tier("parameters", of="conv_transpose_out")
def test_transposed_dilation(submission, oracle):
    """A dilated kernel covers dilation * (kernel_size - 1) + 1 pixels."""
    submission.conv_transpose_out.agrees_with(
        oracle.conv_transpose_out, transposed_grid(strides=(1, 2), dilations=(2, 3))
    )


@tier("parameters", of="conv_transpose_out")
def test_transposed_all_options(submission, oracle, cases):
    """All options work together."""
    submission.conv_transpose_out.agrees_with(
        oracle.conv_transpose_out, cases.random(30, transposed_call)
    )


@tier(
    "edge",
    of="conv_transpose_out",
    states="It is smaller than the larger one of stride and dilation.",
)
def test_output_padding_below_the_dilation(submission, oracle):
    """An output padding of stride or more is fine as long as it is below the dilation."""
    submission.conv_transpose_out.agrees_with(
        oracle.conv_transpose_out,
        [
            case(1, 1, output_padding=1, dilation=2),
            case(3, 2, output_padding=1, dilation=2),
            case(4, 3, stride=2, output_padding=2, dilation=3),
            case(2, 2, stride=3, output_padding=2, dilation=2),
        ],
    )


@tier(
    "edge",
    of="conv_transpose_out",
    states="ValueError: if output_padding is not smaller than stride or dilation.",
)
def test_output_padding_too_large(submission):
    """An output padding that reaches both stride and dilation is an error."""
    submission.conv_transpose_out.rejects(
        [
            case(1, 1, output_padding=1),
            case(4, 3, stride=2, output_padding=2),
            case(4, 3, stride=2, output_padding=3),
            case(5, 2, stride=2, output_padding=3, dilation=3),
        ]
    )


# receptive_field

STRIDE_ONE = [
    case([(1, 1, 1)]),
    case([(3, 1, 1)]),
    case([(5, 1, 1)]),
    case([(3, 1, 1), (3, 1, 1)]),
    case([(2, 1, 1), (5, 1, 1)]),
    case([(3, 1, 1), (1, 1, 1), (4, 1, 1)]),
    case([(3, 1, 1)] * 5),
]
STRIDED = [
    case([(2, 2, 1)]),
    case([(1, 2, 1), (2, 1, 1)]),
    case([(3, 2, 1), (3, 1, 1)]),
    case([(3, 1, 1), (3, 2, 1)]),
    case([(2, 2, 1), (2, 2, 1), (2, 2, 1)]),
    case([(3, 2, 1), (2, 3, 1), (4, 1, 1)]),
    case([(11, 4, 1), (3, 2, 1), (5, 1, 1), (3, 2, 1), (3, 1, 1)]),
    case([(7, 2, 1), (3, 2, 1), (3, 1, 1), (3, 1, 1), (3, 2, 1), (3, 1, 1)]),
]
DILATED = [
    case([(3, 1, 2)]),
    case([(2, 1, 3)]),
    case([(3, 1, 1), (3, 1, 2), (3, 1, 4)]),
    case([(3, 2, 2), (3, 1, 3)]),
    case([(2, 3, 1), (3, 2, 2), (5, 1, 2)]),
    case([(4, 2, 3), (2, 2, 2), (3, 1, 4)]),
]


def stack(draw):
    """A random stack of layers."""
    return case(
        [
            (draw.randint(1, 5), draw.randint(1, 3), draw.randint(1, 3))
            for _ in range(draw.randint(1, 5))
        ]
    )


@tier("basic", of="receptive_field")
def test_receptive_field_with_stride_one(submission, oracle):
    """With stride 1, each layer adds kernel_size - 1 pixels."""
    submission.receptive_field.agrees_with(oracle.receptive_field, STRIDE_ONE)


@tier("basic", of="receptive_field")
def test_receptive_field_with_strides(submission, oracle):
    """A layer's steps count as often as the strides before it multiply to."""
    submission.receptive_field.agrees_with(oracle.receptive_field, STRIDED)


@tier("parameters", of="receptive_field")
def test_receptive_field_with_dilation(submission, oracle):
    """Dilation spreads the taps of its own layer."""
    submission.receptive_field.agrees_with(oracle.receptive_field, DILATED)


@tier("parameters", of="receptive_field")
def test_receptive_field_of_any_stack(submission, oracle, cases):
    """Kernels, strides and dilations of any stack of layers."""
    submission.receptive_field.agrees_with(oracle.receptive_field, cases.random(30, stack))


@tier("edge", of="receptive_field", states="A list without layers sees 1 pixel.")
def test_receptive_field_of_no_layer(submission, oracle):
    """Without layers, a pixel sees itself."""
    submission.receptive_field.agrees_with(oracle.receptive_field, [case([])])


# separable_params


def separable_call(draw):
    """Random channels and kernel, all different."""
    c_in, c_out, kernel = draw.shape(3, 1, 40)
    return case(c_in, c_out, kernel % 7 + 1, bias=draw.choice((False, True)))


@tier("basic", of="separable_params")
def test_separable_without_bias(submission, oracle):
    """One kernel for each input channel, then 1 x 1 kernels over all channels."""
    submission.separable_params.agrees_with(
        oracle.separable_params,
        [
            case(c_in, c_out, kernel, bias=False)
            for c_in, c_out, kernel in ((1, 1, 1), (1, 2, 1), (2, 1, 1), (2, 3, 2), (3, 8, 5))
        ],
    )


@tier("basic", of="separable_params", states="each stage has one number for each of its filters")
def test_separable_with_bias(submission, oracle):
    """By default both stages have biases: one for each input and one for each output channel."""
    submission.separable_params.agrees_with(
        oracle.separable_params,
        [case(1, 1, 1), case(1, 2, 1), case(2, 1, 1), case(2, 3, 2), case(16, 32, 3)],
    )


@tier("parameters", of="separable_params")
def test_separable_any_sizes(submission, oracle, cases):
    """Any channels and kernels, with and without bias."""
    submission.separable_params.agrees_with(
        oracle.separable_params, cases.random(25, separable_call)
    )


# conv_macs


def macs_call(draw):
    """A random layer with every option away from its default."""
    groups = draw.randint(1, 3)
    kernel, padding = draw.randint(1, 4), draw.randint(0, 2)
    height, width = draw.shape(2, 4, 15)
    return case(
        height,
        width,
        groups * draw.randint(1, 4),
        groups * draw.randint(1, 5),
        kernel,
        stride=draw.randint(1, 3),
        padding=padding,
        groups=groups,
    )


@tier("basic", of="conv_macs")
def test_macs_without_options(submission, oracle):
    """Each output value costs in_channels * kernel_size * kernel_size operations."""
    submission.conv_macs.agrees_with(
        oracle.conv_macs,
        [
            case(1, 1, 1, 1, 1),
            case(3, 2, 1, 1, 1),
            case(2, 2, 2, 1, 1),
            case(3, 2, 1, 4, 2),
            case(5, 7, 3, 8, 3),
            case(9, 4, 5, 2, 4),
        ],
    )


@tier("parameters", of="conv_macs")
def test_macs_with_stride(submission, oracle):
    """A stride leaves fewer output positions; the rest is dropped."""
    submission.conv_macs.agrees_with(
        oracle.conv_macs,
        [
            case(4, 3, 1, 2, 1, stride=2),
            case(5, 8, 2, 3, 2, stride=2),
            case(9, 6, 3, 2, 3, stride=3),
        ],
    )


@tier("parameters", of="conv_macs", states="Taps that fall on the padding count too.")
def test_macs_with_padding(submission, oracle):
    """Padding adds output positions, on both sides of both axes."""
    submission.conv_macs.agrees_with(
        oracle.conv_macs,
        [
            case(1, 2, 1, 1, 1, padding=1),
            case(3, 5, 2, 3, 3, padding=1),
            case(4, 2, 3, 2, 5, padding=2, stride=2),
        ],
    )


@tier("parameters", of="conv_macs")
def test_macs_with_groups(submission, oracle):
    """A filter of a grouped convolution sees in_channels / groups channels."""
    submission.conv_macs.agrees_with(
        oracle.conv_macs,
        [
            case(1, 2, 2, 2, 1, groups=2),
            case(4, 4, 2, 2, 2, stride=2, groups=2),
            case(5, 3, 6, 9, 2, groups=3),
            case(7, 4, 8, 8, 3, padding=1, groups=8),
        ],
    )


@tier("parameters", of="conv_macs")
def test_macs_of_any_layer(submission, oracle, cases):
    """All options work together."""
    submission.conv_macs.agrees_with(oracle.conv_macs, cases.random(30, macs_call))


@tier("edge", of="conv_macs", states="The result is an int, never a float.")
def test_macs_are_an_int(submission, oracle):
    """A number of operations is an int."""
    submission.conv_macs.type_agrees_with(
        oracle.conv_macs, [case(3, 2, 1, 4, 2), case(5, 8, 4, 2, 3, stride=2, groups=2)]
    )


# conv2d_grouped

LOOSE = {"rtol": 1e-4, "atol": 1e-5}


def numbers(*shape, start=0, dtype=torch.float32):
    """Whole numbers from -3 to 3 in a fixed disorder."""
    return (((torch.arange(math.prod(shape)) + start) * 5) % 7 - 3).to(dtype).reshape(shape)


def batch(n, c_in, height, width, c_out, kh, kw, *, dtype=torch.float32, **options):
    """One call on whole numbers; the arguments are the sizes."""
    depth = c_in // options.get("groups", 1)
    weight = numbers(c_out, depth, kh, kw, start=3, dtype=dtype)
    return case(numbers(n, c_in, height, width, dtype=dtype), weight, **options)


def sum_of_products(x, weight, stride=1, padding=0, dilation=1, groups=1):
    """Magnitude for the tolerance: what the result would be if nothing cancelled."""
    return F.conv2d(x.abs(), weight.abs(), None, stride, padding, dilation, groups)


ONE_GROUP = [
    batch(1, 1, 1, 2, 1, 1, 2),
    batch(1, 1, 3, 4, 1, 2, 3),
    batch(1, 2, 2, 3, 1, 1, 1),
    batch(2, 3, 4, 5, 4, 2, 3),
    batch(3, 2, 6, 5, 1, 3, 2),
]
GROUPS = [
    batch(1, 2, 1, 3, 2, 1, 1, groups=2),
    batch(1, 2, 2, 3, 4, 1, 2, groups=2),
    batch(1, 4, 3, 2, 2, 2, 1, groups=2),
    batch(2, 4, 3, 5, 6, 2, 3, groups=2),
    batch(2, 6, 5, 4, 3, 3, 2, groups=3),
    batch(1, 6, 4, 5, 9, 2, 2, groups=3),
    batch(2, 3, 5, 6, 3, 3, 2, groups=3),
]
STRIDE_AND_PADDING = [
    batch(1, 1, 1, 3, 1, 1, 1, stride=2),
    batch(1, 2, 4, 5, 1, 2, 2, stride=3),
    batch(1, 1, 1, 2, 1, 1, 1, padding=1),
    batch(2, 3, 4, 6, 2, 3, 2, padding=2),
    batch(2, 4, 5, 8, 6, 3, 2, stride=2, padding=1, groups=2),
]
DILATIONS = [
    batch(1, 1, 1, 4, 1, 1, 2, dilation=2),
    batch(1, 2, 5, 7, 3, 2, 3, dilation=2),
    batch(2, 2, 7, 6, 2, 3, 2, dilation=3, groups=2),
    batch(1, 4, 8, 9, 2, 2, 3, dilation=2, stride=2, padding=1, groups=2),
]
DOUBLE = [
    batch(1, 2, 3, 4, 2, 2, 1, dtype=torch.float64, groups=2),
    batch(2, 3, 4, 5, 1, 1, 2, dtype=torch.float64),
]
PERMUTED = [
    case(numbers(2, 3, 5, 4).permute(0, 3, 1, 2), numbers(2, 2, 2, 1, start=3), groups=2),
    case(numbers(1, 6, 4, 3).transpose(2, 3), numbers(3, 2, 2, 3).flip(0), groups=3),
    case(numbers(2, 4, 3, 9)[..., ::2], numbers(2, 3, 2, 2).transpose(1, 3), groups=2),
]
CHANNELS_DO_NOT_MATCH = [
    case(numbers(1, 2, 3, 4), numbers(1, 1, 2, 2)),
    case(numbers(1, 3, 4, 3), numbers(2, 2, 1, 2), groups=2),
    case(numbers(2, 6, 3, 4), numbers(2, 2, 2, 2), groups=2),
    case(numbers(2, 2, 3, 4), numbers(4, 2, 2, 2), groups=2),
]
FILTERS_DO_NOT_DIVIDE = [
    case(numbers(1, 2, 3, 4), numbers(3, 1, 2, 2), groups=2),
    case(numbers(2, 6, 4, 3), numbers(4, 2, 1, 2), groups=3),
    case(numbers(1, 4, 2, 3), numbers(1, 2, 1, 1), groups=2),
]


def grouped_call(draw, scale=1.0):
    """A random batch, no two sizes alike, with every option."""
    groups, n, depth = draw.randint(1, 3), draw.randint(1, 3), draw.randint(1, 3)
    height, width = draw.shape(2, 6, 9)
    kh, kw = draw.shape(2, 1, 3)
    x = draw.normal(n, groups * depth, height, width, scale=scale)
    weight = draw.normal(groups * draw.randint(1, 3), depth, kh, kw)
    return case(
        x,
        weight,
        stride=draw.randint(1, 3),
        padding=draw.randint(0, 2),
        dilation=draw.randint(1, 2),
        groups=groups,
    )


def large_grouped_call(draw):
    """The same with pixels around 1000."""
    return grouped_call(draw, scale=1000.0)


def agrees(submission, oracle, calls):
    """The tolerance of every comparison of values here."""
    submission.conv2d_grouped.agrees_with(
        oracle.conv2d_grouped, calls, magnitude=sum_of_products, **LOOSE
    )


@tier("basic", of="conv2d_grouped")
def test_one_group_is_the_ordinary_convolution(submission, oracle):
    """With one group, every filter sees all channels."""
    agrees(submission, oracle, ONE_GROUP)


@tier("basic", of="conv2d_grouped")
def test_each_group_sees_its_own_channels(submission, oracle):
    """The first block of filters sees the first block of channels, and so on."""
    agrees(submission, oracle, GROUPS)


@tier("parameters", of="conv2d_grouped")
def test_grouped_stride_and_padding(submission, oracle):
    """Windows start every stride pixels of the image with its border of zeros."""
    agrees(submission, oracle, STRIDE_AND_PADDING)


@tier("parameters", of="conv2d_grouped")
def test_grouped_dilation(submission, oracle):
    """The taps of a dilated kernel lie dilation pixels apart."""
    agrees(submission, oracle, DILATIONS)


@tier("parameters", of="conv2d_grouped")
def test_grouped_all_options(submission, oracle, cases):
    """All options work together, for small and for large pixels."""
    agrees(submission, oracle, cases.random(15, grouped_call) + cases.random(5, large_grouped_call))


@tier("edge", of="conv2d_grouped", states="The result has the dtype of x.")
def test_grouped_keeps_the_dtype(submission, oracle):
    """A float64 image gives a float64 result."""
    submission.conv2d_grouped.type_agrees_with(oracle.conv2d_grouped, DOUBLE)


@tier("edge", of="conv2d_grouped", states="Gradients flow back to x and weight.")
def test_gradients_of_grouped(submission, oracle):
    """The gradient reaches the images and the filters."""
    submission.conv2d_grouped.gradient_agrees_with(
        oracle.conv2d_grouped, ONE_GROUP + GROUPS[:4] + DILATIONS[:2]
    )


@tier("edge", of="conv2d_grouped", states="The inputs are not changed.")
def test_grouped_leaves_its_inputs_alone(submission):
    """After the call, images and filters hold the same numbers as before."""
    submission.conv2d_grouped.leaves_arguments_alone(ONE_GROUP + GROUPS)


@tier("edge", of="conv2d_grouped", states="It works for any memory layout")
def test_grouped_permuted_inputs(submission, oracle):
    """The result does not depend on how images and filters lie in memory."""
    agrees(submission, oracle, PERMUTED)


@tier(
    "edge",
    of="conv2d_grouped",
    states="ValueError: if C_in is not groups times the second size of weight.",
)
def test_grouped_channels_do_not_match(submission):
    """Images with another number of channels than the filters expect are an error."""
    submission.conv2d_grouped.rejects(CHANNELS_DO_NOT_MATCH)


@tier("edge", of="conv2d_grouped", states="ValueError: if groups does not divide C_out.")
def test_grouped_filters_do_not_divide(submission):
    """Three filters in two groups are an error."""
    submission.conv2d_grouped.rejects(FILTERS_DO_NOT_DIVIDE)
