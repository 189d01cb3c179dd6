"""Hidden tests of conv_layer: all sizes of a batch differ, kernels are not square, every option.

A convolution adds many products, so float32 results differ by the order of the sum. The tolerance
is rtol 1e-4 and atol 1e-5, and at least 4 eps of the sum of the absolute products.
"""

import math

import torch
import torch.nn.functional as F

from grader.runner import case, tier

LOOSE = {"rtol": 1e-4, "atol": 1e-5}


def numbers(*shape, start=0, dtype=torch.float32):
    """Whole numbers from -3 to 3 in a fixed disorder."""
    return (((torch.arange(math.prod(shape)) + start) * 5) % 7 - 3).to(dtype).reshape(shape)


def batch(n, c_in, height, width, c_out, kh, kw, with_bias=False, **options):
    """One call on whole numbers; the arguments are the sizes."""
    if with_bias:
        options["bias"] = torch.arange(1.0, c_out + 1) * 10
    x, weight = numbers(n, c_in, height, width), numbers(c_out, c_in, kh, kw, start=3)
    return case(x, weight, **options)


def sum_of_products(x, weight, bias=None, stride=1, padding=0):
    """Magnitude for the tolerance: what the result would be if nothing cancelled."""
    bias = None if bias is None else bias.abs()
    return F.conv2d(x.abs(), weight.abs(), bias, stride, padding)


def call(draw, scale=1.0):
    """A random batch in which N, C_in, C_out, H and W differ, with random options."""
    n, c_in, c_out = draw.shape(3, 1, 5)
    height, width = draw.shape(2, 2, 8)
    pads = draw.choice((0, 1, (1, 0), (0, 2), (2, 1)))
    rows, columns = (pads, pads) if isinstance(pads, int) else pads
    kh, kw = (
        draw.randint(1, min(4, height + 2 * rows)),
        draw.randint(1, min(4, width + 2 * columns)),
    )
    options = {"stride": draw.choice((1, 2, 3, (1, 2), (3, 1))), "padding": pads}
    if draw.choice((False, True)):
        options["bias"] = draw.normal(c_out, scale=scale)
    x = draw.normal(n, c_in, height, width, scale=scale)
    return case(x, draw.normal(c_out, c_in, kh, kw), **options)


def large_call(draw):
    """The same with pixels around 1000."""
    return call(draw, scale=1000.0)


@tier("basic", of="conv2d")
def test_one_channel(submission, oracle):
    """The kernel is laid on every place as it stands, not turned by 180 degrees."""
    submission.conv2d.agrees_with(
        oracle.conv2d,
        [
            batch(1, 1, 1, 1, 1, 1, 1),
            batch(1, 1, 1, 2, 1, 1, 2),
            batch(1, 1, 2, 3, 1, 2, 2),
            batch(1, 1, 3, 4, 1, 3, 3),
            batch(2, 1, 4, 5, 1, 3, 3),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("basic", of="conv2d")
def test_input_channels_are_summed(submission, oracle):
    """The products are summed over all input channels."""
    submission.conv2d.agrees_with(
        oracle.conv2d,
        [
            batch(1, 2, 1, 1, 1, 1, 1),
            batch(1, 3, 2, 3, 1, 1, 1),
            batch(1, 2, 3, 4, 1, 2, 2),
            batch(2, 4, 5, 3, 1, 3, 3),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("basic", of="conv2d")
def test_each_filter_makes_a_channel(submission, oracle):
    """Each filter makes one output channel."""
    submission.conv2d.agrees_with(
        oracle.conv2d,
        [
            batch(1, 1, 1, 1, 2, 1, 1),
            batch(1, 2, 2, 3, 2, 2, 2),
            batch(1, 3, 4, 3, 3, 2, 2),
            batch(2, 4, 3, 5, 4, 3, 3),
            batch(2, 3, 4, 5, 4, 2, 2),
            batch(3, 2, 5, 4, 5, 3, 3),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("basic", of="conv2d")
def test_bias(submission, oracle):
    """Each filter's bias is added once to its channel."""
    submission.conv2d.agrees_with(
        oracle.conv2d,
        [
            batch(1, 1, 1, 1, 1, 1, 1, with_bias=True),
            batch(1, 2, 2, 3, 3, 1, 1, with_bias=True),
            batch(1, 3, 3, 3, 2, 2, 2, with_bias=True),
            batch(2, 3, 4, 6, 4, 3, 3, with_bias=True),
            batch(3, 4, 5, 4, 2, 2, 2, with_bias=True),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("parameters", of="conv2d")
def test_kernel_that_is_not_square(submission, oracle):
    """Kernel height and width come from the weight and may differ."""
    submission.conv2d.agrees_with(
        oracle.conv2d,
        [
            batch(1, 1, 2, 3, 1, 1, 2),
            batch(1, 2, 3, 2, 1, 3, 1),
            batch(1, 2, 3, 5, 3, 2, 4),
            batch(2, 3, 6, 4, 2, 5, 2),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier(
    "parameters",
    of="conv2d",
    states="If the stride does not divide, the rest at the lower or right end is dropped (floor).",
)
def test_stride(submission, oracle):
    """Window i starts at i times the stride, and a rest is dropped."""
    submission.conv2d.agrees_with(
        oracle.conv2d,
        [
            batch(1, 1, 1, 3, 1, 1, 1, stride=2),
            batch(1, 1, 4, 2, 1, 2, 2, stride=3),
            batch(1, 2, 5, 4, 3, 2, 2, stride=2),
            batch(1, 2, 6, 5, 3, 2, 2, stride=(1, 2)),
            batch(2, 3, 5, 7, 4, 2, 3, stride=(3, 2)),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("parameters", of="conv2d")
def test_padding(submission, oracle):
    """Padding adds zeros on all sides."""
    submission.conv2d.agrees_with(
        oracle.conv2d,
        [
            batch(1, 1, 1, 2, 1, 1, 1, padding=1),
            batch(1, 1, 1, 2, 1, 3, 4, padding=1),
            batch(1, 1, 2, 3, 1, 3, 3, padding=1),
            batch(1, 2, 3, 4, 3, 3, 3, padding=2),
            batch(1, 2, 4, 3, 3, 3, 2, padding=(2, 0)),
            batch(2, 3, 3, 5, 4, 2, 3, padding=(0, 1)),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("parameters", of="conv2d")
def test_all_options(submission, oracle, cases):
    """Bias, stride and padding work together, for numbers around 1 and around 1000."""
    submission.conv2d.agrees_with(
        oracle.conv2d,
        cases.random(20, call) + cases.random(10, large_call),
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("parameters", of="conv2d", states="Gradients flow back to x, weight and bias.")
def test_gradient(submission, oracle, cases):
    """Gradients reach the images, the weights and the bias."""
    submission.conv2d.gradient_agrees_with(
        oracle.conv2d,
        [batch(1, 1, 1, 1, 1, 1, 1, with_bias=True)] + cases.random(8, call),
        atol=1e-4,
    )


@tier(
    "edge",
    of="conv2d",
    states="ValueError: if x and weight do not have the same number of input channels.",
)
def test_channels_that_do_not_match(submission):
    """Images and filters with different numbers of input channels are an error."""
    submission.conv2d.rejects(
        [
            case(numbers(1, 2, 3, 4), numbers(1, 1, 2, 2)),
            case(numbers(1, 1, 3, 4), numbers(1, 2, 2, 2)),
            case(numbers(2, 3, 4, 5), numbers(4, 2, 3, 3), padding=1),
            case(numbers(2, 4, 5, 3), numbers(3, 5, 1, 2), stride=2),
        ],
        documented=ValueError,
    )


@tier("edge", of="conv2d", states="ValueError: if the kernel is larger than the padded image.")
def test_kernel_too_large(submission):
    """A kernel that does not fit into the padded image is an error."""
    submission.conv2d.rejects(
        [
            case(numbers(1, 1, 1, 1), numbers(1, 1, 2, 2)),
            case(numbers(1, 2, 3, 4), numbers(1, 2, 4, 2)),
            case(numbers(1, 2, 4, 3), numbers(3, 2, 1, 6), padding=1),
            case(numbers(2, 3, 2, 5), numbers(1, 3, 7, 2), stride=2, padding=2),
        ],
        documented=ValueError,
    )


@tier("edge", of="conv2d", states="The result has the dtype of x.")
def test_dtype_is_kept(submission, oracle):
    """float64 stays float64."""
    x = numbers(2, 3, 4, 5, dtype=torch.float64)
    weight = numbers(4, 3, 2, 3, dtype=torch.float64)
    bias = numbers(4, dtype=torch.float64)
    submission.conv2d.type_agrees_with(
        oracle.conv2d,
        [case(x, weight), case(x, weight, bias=bias), case(x, weight, stride=2, padding=1)],
    )


@tier("edge", of="conv2d", states="The inputs are not changed.")
def test_inputs_are_not_changed(submission):
    """The caller's images, weights and biases stay as they were."""
    submission.conv2d.leaves_arguments_alone(
        [
            batch(1, 1, 2, 3, 1, 2, 2),
            batch(2, 3, 4, 5, 4, 3, 2, with_bias=True),
            batch(2, 3, 4, 5, 4, 3, 2, with_bias=True, stride=2, padding=1),
        ]
    )


@tier(
    "edge",
    of="conv2d",
    states="It works for any memory layout, for example after x.permute(0, 3, 1, 2).",
)
def test_any_memory_layout(submission, oracle):
    """Images and filters need not lie in memory row by row."""
    submission.conv2d.agrees_with(
        oracle.conv2d,
        [
            case(numbers(1, 3, 4, 2).permute(0, 3, 1, 2), numbers(1, 2, 2, 2)),
            case(numbers(2, 4, 5, 3).permute(0, 3, 1, 2), numbers(4, 3, 2, 3)),
            case(numbers(2, 3, 5, 4).transpose(2, 3), numbers(1, 3, 3, 2), padding=1),
            case(numbers(2, 6, 3, 2).permute(0, 3, 1, 2), numbers(3, 2, 2, 4).transpose(2, 3)),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


# conv_params


def layer(draw):
    """A random layer; groups divides both numbers of channels."""
    groups = draw.choice((1, 2, 3, 5))
    return case(
        groups * draw.randint(1, 6),
        groups * draw.randint(1, 6),
        draw.choice((1, 3, 5, (1, 3), (3, 2), (5, 7))),
        bias=draw.choice((False, True)),
        groups=groups,
    )


@tier("basic", of="conv_params")
def test_params_of_one_filter(submission, oracle):
    """A filter has a kernel for every input channel, and one bias."""
    submission.conv_params.agrees_with(
        oracle.conv_params, [case(c, 1, k) for c in (1, 2, 3, 5) for k in (1, 2, 3, 7)]
    )


@tier("basic", of="conv_params")
def test_params_of_a_layer(submission, oracle):
    """Every filter has its own weights and its own bias."""
    submission.conv_params.agrees_with(
        oracle.conv_params,
        [case(1, 2, 1), case(2, 3, 2), case(3, 16, 3), case(6, 16, 5), case(16, 6, 3)],
    )


@tier("parameters", of="conv_params")
def test_params_without_bias(submission, oracle):
    """bias=False leaves the biases out."""
    submission.conv_params.agrees_with(
        oracle.conv_params,
        [case(1, 1, 1, bias=False), case(2, 3, 2, bias=False), case(3, 16, 5, bias=False)],
    )


@tier("parameters", of="conv_params")
def test_params_of_a_kernel_that_is_not_square(submission, oracle):
    """kernel_size may be (height, width)."""
    submission.conv_params.agrees_with(
        oracle.conv_params,
        [case(1, 1, (1, 2)), case(1, 2, (3, 1)), case(2, 3, (2, 5)), case(4, 3, (7, 3))],
    )


@tier("parameters", of="conv_params")
def test_params_with_groups(submission, oracle):
    """With groups, a filter sees only in_channels / groups channels."""
    submission.conv_params.agrees_with(
        oracle.conv_params,
        [case(2, 2, 1, groups=2), case(4, 2, 3, groups=2), case(3, 6, 5, groups=3)]
        + [case(8, 12, 3, groups=4), case(6, 6, 3, groups=6)],
    )


@tier("parameters", of="conv_params")
def test_params_with_all_options(submission, oracle, cases):
    """Kernel, bias and groups work together."""
    submission.conv_params.agrees_with(oracle.conv_params, cases.random(25, layer))


@tier(
    "edge",
    of="conv_params",
    states="ValueError: if groups does not divide in_channels and out_channels.",
)
def test_params_groups_that_do_not_divide(submission):
    """Groups have to divide both numbers of channels."""
    submission.conv_params.rejects(
        [
            case(1, 2, 1, groups=2),
            case(2, 1, 1, groups=2),
            case(4, 6, 3, groups=4),
            case(6, 4, 3, groups=4),
            case(5, 7, 3, groups=3),
        ],
        documented=ValueError,
    )


@tier("edge", of="conv_params", states="The result is an int, never a float.")
def test_params_result_is_an_int(submission, oracle):
    """A number of parameters is an int."""
    submission.conv_params.type_agrees_with(
        oracle.conv_params,
        [case(1, 1, 1), case(3, 16, 3), case(4, 6, 3, groups=2), case(4, 2, (1, 3), bias=False)],
    )
