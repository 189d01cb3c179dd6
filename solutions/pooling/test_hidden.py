"""Hidden tests of pooling: four unequal sizes, windows that are not square, every option.

Max pooling selects values, so it is compared exactly. An average in float32 is off by a few ulps of
the largest pixel of its window, which `largest_pixel` measures.
"""

import math
from itertools import product

import torch
import torch.nn.functional as F

from grader.runner import case, tier

INF, NAN = math.inf, math.nan
SHAPES = ((1, 2, 3), (2, 4, 3), (2, 3, 5, 7))


def image(*shape, dtype=torch.float32):
    """Whole numbers from -5 to 5 in a fixed disorder, zeros and ties among them."""
    return ((torch.arange(math.prod(shape)) * 7) % 11 - 5).to(dtype).reshape(shape)


def largest_pixel(x, kernel_size, stride=None, padding=0, ceil_mode=False, **_):
    """Magnitude for the tolerance: the largest |pixel| of each window."""
    return F.max_pool2d(x.abs(), kernel_size, stride, padding, ceil_mode=ceil_mode)


def sides(value):
    return (value, value) if isinstance(value, int) else value


def windows_behind_the_image(one):
    """Whether rounding up alone would add a window that starts behind the last pixel."""
    (x, kernel_size), options = one.arguments, one.options
    kernel, padding = sides(kernel_size), sides(options.get("padding", 0))
    stride = sides(options.get("stride") or kernel)
    return options.get("ceil_mode", False) and any(
        -(-(n + 2 * p - k) // s) * s >= n + p
        for n, k, s, p in zip(x.shape[-2:], kernel, stride, padding, strict=True)
    )


def grid(kernels, **choices):
    """Small images with every combination of the options given, where a window fits."""
    found = []
    for shape, kernel, values in product(SHAPES, kernels, product(*choices.values())):
        options = dict(zip(choices, values, strict=True))
        pads = sides(options.get("padding", 0))
        if all(
            p <= k // 2 and k <= n + 2 * p
            for n, k, p in zip(shape[-2:], sides(kernel), pads, strict=True)
        ):
            found.append(case(image(*shape), kernel, **options))
    return found


def call(draw, scale=1.0):
    """Random images with four unequal sizes and random options, as max_pool2d takes them."""
    *leading, height, width = draw.shape(draw.randint(3, 4), 1, 8)
    kernel = (draw.randint(1, min(4, height)), draw.randint(1, min(4, width)))
    one = case(
        draw.normal(*leading, height, width, scale=scale),
        kernel,
        stride=draw.choice((None, 1, 2, 3, (1, 2), (3, 2))),
        padding=(draw.randint(0, kernel[0] // 2), draw.randint(0, kernel[1] // 2)),
        ceil_mode=draw.choice((False, True)),
    )
    return call(draw, scale) if windows_behind_the_image(one) else one


def large_call(draw):
    """The same with pixels around 1000."""
    return call(draw, scale=1000.0)


def average_call(draw):
    """A random call of avg_pool2d."""
    one = call(draw, scale=draw.choice((1.0, 1000.0)))
    include = draw.choice((False, True))
    return case(*one.arguments, **one.options, count_include_pad=include)


PADDING_TOO_LARGE = [
    case(image(1, 3, 4), 1, padding=1),
    case(image(1, 5, 4), 2, padding=2),
    case(image(2, 5, 6), 3, padding=2),
    case(image(2, 5, 6), (3, 2), padding=(1, 2)),
    case(image(2, 1, 6, 5), (2, 3), padding=(2, 1)),
]
WINDOW_TOO_LARGE = [
    case(image(1, 2, 3), 4),
    case(image(1, 2, 5), 3),
    case(image(1, 5, 2), (2, 3)),
    case(image(2, 3, 4, 2), (7, 2), padding=(1, 1)),
    case(image(2, 3, 2, 4), 6, stride=1, padding=1),
]
CHANNELS_LAST = [
    image(2, 4, 5, 3).permute(0, 3, 1, 2),
    image(2, 6, 3, 4).permute(0, 3, 1, 2),
    image(5, 4, 2).permute(2, 0, 1),
    image(3, 6, 4).transpose(1, 2),
]


# max_pool2d


@tier("basic", of="max_pool2d")
def test_max_of_windows_side_by_side(submission, oracle):
    """Without a stride the windows lie side by side, in every channel of every image."""
    submission.max_pool2d.agrees_with(
        oracle.max_pool2d,
        [case(image(1, 1, 1), 1)]
        + [case(image(*s), 2) for s in ((1, 2, 2), (2, 2, 4), (3, 4, 6), (2, 3, 4, 8))]
        + [case(image(*s), 3) for s in ((1, 3, 6), (2, 6, 3), (4, 2, 3, 9))],
        exact=True,
    )


@tier("basic", of="max_pool2d")
def test_max_of_negative_pixels(submission, oracle):
    """A window of negative pixels gives the one closest to 0."""
    submission.max_pool2d.agrees_with(
        oracle.max_pool2d,
        [
            case(torch.full((1, 2, 2), -3.0), 2),
            case(image(1, 2, 4) - 6, 2),
            case(image(2, 4, 6) - 10, 2),
            case(image(3, 2, 6, 3) - 1000, 3),
        ],
        exact=True,
    )


@tier(
    "basic",
    of="max_pool2d",
    states="A part of a window at the lower or right end is dropped, unless ceil_mode is set.",
)
def test_max_drops_parts_of_windows(submission, oracle):
    """A part of a window at the lower or right end is dropped."""
    submission.max_pool2d.agrees_with(
        oracle.max_pool2d,
        [case(image(*s), 2) for s in ((1, 2, 3), (1, 3, 2), (2, 5, 3), (2, 3, 7, 5))]
        + [case(image(*s), 3) for s in ((1, 4, 3), (2, 5, 7), (3, 2, 4, 8))],
        exact=True,
    )


@tier("parameters", of="max_pool2d")
def test_max_stride(submission, oracle):
    """With a stride, windows start every stride pixels: they may overlap or leave gaps."""
    submission.max_pool2d.agrees_with(
        oracle.max_pool2d, grid((1, 2, 3), stride=(1, 3, (1, 2))), exact=True
    )


@tier("parameters", of="max_pool2d")
def test_max_window_that_is_not_square(submission, oracle):
    """kernel_size may be (height, width)."""
    submission.max_pool2d.agrees_with(
        oracle.max_pool2d, grid(((1, 2), (2, 1), (3, 2), (1, 4))), exact=True
    )


@tier("parameters", of="max_pool2d")
def test_max_padding(submission, oracle):
    """Padding makes room for more windows and never wins, even against negative pixels."""
    padded = grid((2, (2, 3)), stride=(None, 1), padding=(1, (1, 0), (0, 1)))
    padded.append(case(image(1, 2, 3), (4, 5), padding=1))
    negative = [case(one.arguments[0] - 6, one.arguments[1], **one.options) for one in padded]
    submission.max_pool2d.agrees_with(oracle.max_pool2d, negative, exact=True)


@tier("parameters", of="max_pool2d")
def test_max_ceil_mode(submission, oracle):
    """In ceil mode a window that hangs over the lower or right end counts."""
    hanging = grid((2, 3, (1, 2)), stride=(None, (3, 2)), ceil_mode=(True,))
    submission.max_pool2d.agrees_with(
        oracle.max_pool2d, [c for c in hanging if not windows_behind_the_image(c)], exact=True
    )


@tier("parameters", of="max_pool2d")
def test_max_all_options(submission, oracle, cases):
    """Window, stride, padding and ceil_mode work together."""
    submission.max_pool2d.agrees_with(
        oracle.max_pool2d, cases.random(20, call) + cases.random(10, large_call), exact=True
    )


@tier("parameters", of="max_pool2d", states="Gradients flow back to x.")
def test_max_gradient(submission, oracle, cases):
    """The gradient goes to the pixel that won."""
    submission.max_pool2d.gradient_agrees_with(oracle.max_pool2d, cases.random(10, call))


@tier(
    "edge",
    of="max_pool2d",
    states="In ceil mode, a last window that would start in the padding is dropped.",
)
def test_max_window_behind_the_image(submission, oracle):
    """In ceil mode a window that would start behind the image is dropped."""
    hanging = grid((1, 2, (2, 3)), stride=(None, 3), padding=(0, 1, (0, 1)), ceil_mode=(True,))
    submission.max_pool2d.agrees_with(
        oracle.max_pool2d, [c for c in hanging if windows_behind_the_image(c)], exact=True
    )


@tier("edge", of="max_pool2d", states="A window with a nan gives nan.")
def test_max_nan(submission, oracle):
    """A window with a nan gives nan, and the others are not affected."""
    first, last = image(1, 4, 6), image(2, 3, 5)
    first[0, 0, 1] = NAN
    last[1, 2, 3] = NAN
    submission.max_pool2d.agrees_with(
        oracle.max_pool2d,
        [
            case(torch.tensor([[[1.0, NAN], [2.0, 3.0]]]), 2),
            case(torch.tensor([[[NAN, 1.0], [2.0, 3.0]]]), 2),
            case(first, 2),
            case(last, (3, 2), stride=1),
        ],
        exact=True,
    )


@tier(
    "edge",
    of="max_pool2d",
    states="Padding counts as minus infinity, so it never wins, and a window of -inf gives -inf.",
)
def test_max_padding_is_minus_infinity(submission, oracle):
    """Padding loses against any pixel, however small."""
    submission.max_pool2d.agrees_with(
        oracle.max_pool2d,
        [
            case(torch.full((1, 2, 2), -1e12), 2, padding=1),
            case(image(1, 3, 4) * 1e20 - 1e21, 2, padding=1),
            case(image(2, 5, 3) * 1e20 - 1e21, 3, stride=2, padding=1),
            case(torch.tensor([[[-INF, -INF], [-INF, 1.0]]]), 2, padding=1),
            case(torch.full((1, 3, 2), -INF), 2, stride=1, padding=1),
        ],
        exact=True,
    )


@tier("edge", of="max_pool2d", states="ValueError: if padding is greater than kernel_size // 2.")
def test_max_padding_too_large(submission):
    """Padding of more than half the window is an error."""
    submission.max_pool2d.rejects(PADDING_TOO_LARGE, documented=ValueError)


@tier("edge", of="max_pool2d", states="ValueError: if the window is larger than the padded image.")
def test_max_window_too_large(submission):
    """A window that does not fit into the padded image is an error."""
    submission.max_pool2d.rejects(WINDOW_TOO_LARGE, documented=ValueError)


@tier("edge", of="max_pool2d", states="The result has the dtype of x.")
def test_max_dtype_is_kept(submission, oracle):
    """float64 stays float64."""
    submission.max_pool2d.type_agrees_with(
        oracle.max_pool2d,
        [
            case(image(1, 2, 4, dtype=torch.float64), 2),
            case(image(2, 3, 5, dtype=torch.float64), 3, stride=1, padding=1),
        ],
    )


@tier("edge", of="max_pool2d", states="The input is not changed.")
def test_max_input_is_not_changed(submission):
    """The caller's images stay as they were."""
    submission.max_pool2d.leaves_arguments_alone(
        [
            case(image(1, 2, 4), 2),
            case(image(2, 3, 5, 4), 2, stride=1),
            case(image(2, 5, 3), 3, padding=1, ceil_mode=True),
        ]
    )


@tier(
    "edge",
    of="max_pool2d",
    states="It works for any memory layout, for example after x.permute(0, 3, 1, 2).",
)
def test_max_any_memory_layout(submission, oracle):
    """Images that do not lie in memory row by row are pooled alike."""
    submission.max_pool2d.agrees_with(
        oracle.max_pool2d, [case(x, 2, stride=1) for x in CHANNELS_LAST], exact=True
    )


# avg_pool2d


@tier("basic", of="avg_pool2d")
def test_average_of_windows_side_by_side(submission, oracle):
    """Without a stride the windows lie side by side, in every channel of every image."""
    submission.avg_pool2d.agrees_with(
        oracle.avg_pool2d,
        [case(image(1, 1, 1), 1)]
        + [case(image(*s), 2) for s in ((1, 2, 2), (2, 2, 4), (3, 4, 6), (2, 3, 4, 8))]
        + [case(image(*s), 3) for s in ((1, 3, 6), (2, 6, 3), (4, 2, 3, 9))],
        magnitude=largest_pixel,
    )


@tier("basic", of="avg_pool2d")
def test_average_counts_zeros(submission, oracle):
    """A pixel of value 0 counts like any other."""
    submission.avg_pool2d.agrees_with(
        oracle.avg_pool2d,
        [
            case(torch.tensor([[[0.0, 4.0], [0.0, 0.0]]]), 2),
            case(image(1, 2, 4).clamp(min=0), 2),
            case(image(2, 4, 6).clamp(min=0), 2),
            case(image(3, 2, 6, 3).clamp(max=0), 3),
        ],
        magnitude=largest_pixel,
    )


@tier(
    "basic",
    of="avg_pool2d",
    states="A part of a window at the lower or right end is dropped, unless ceil_mode is set.",
)
def test_average_drops_parts_of_windows(submission, oracle):
    """A part of a window at the lower or right end is dropped."""
    submission.avg_pool2d.agrees_with(
        oracle.avg_pool2d,
        [case(image(*s), 2) for s in ((1, 2, 3), (1, 3, 2), (2, 5, 3), (2, 3, 7, 5))]
        + [case(image(*s), 3) for s in ((1, 4, 3), (2, 5, 7), (3, 2, 4, 8))],
        magnitude=largest_pixel,
    )


@tier("parameters", of="avg_pool2d")
def test_average_stride(submission, oracle):
    """With a stride, windows start every stride pixels: they may overlap or leave gaps."""
    submission.avg_pool2d.agrees_with(
        oracle.avg_pool2d,
        grid((1, 2, 3), stride=(1, 3, (1, 2))),
        magnitude=largest_pixel,
    )


@tier("parameters", of="avg_pool2d")
def test_average_window_that_is_not_square(submission, oracle):
    """kernel_size may be (height, width), and the divisor is height times width."""
    submission.avg_pool2d.agrees_with(
        oracle.avg_pool2d, grid(((1, 2), (2, 1), (3, 2), (1, 4))), magnitude=largest_pixel
    )


@tier("parameters", of="avg_pool2d")
def test_average_padding(submission, oracle):
    """Padding adds zeros that count in the average."""
    submission.avg_pool2d.agrees_with(
        oracle.avg_pool2d,
        grid((2, (2, 3)), stride=(None, 1), padding=(1, (1, 0), (0, 1)))
        + [case(image(1, 2, 3), (4, 5), padding=1)],
        magnitude=largest_pixel,
    )


@tier("parameters", of="avg_pool2d")
def test_average_without_counting_padding(submission, oracle):
    """With count_include_pad=False only real pixels count in the divisor."""
    submission.avg_pool2d.agrees_with(
        oracle.avg_pool2d,
        grid(
            (2, (2, 3)),
            stride=(None, 1),
            padding=(1, (1, 0), (0, 1)),
            count_include_pad=(False,),
        ),
        magnitude=largest_pixel,
    )


@tier(
    "parameters",
    of="avg_pool2d",
    states="What hangs over the padded image in ceil mode never counts in the divisor.",
)
def test_average_ceil_mode(submission, oracle):
    """In ceil mode a window that hangs over is divided by what it covers."""
    hanging = grid((2, 3, (1, 2)), stride=(None, (3, 2)), padding=(0,), ceil_mode=(True,))
    padded = grid((2, 3), stride=(None, 2), padding=(1,), ceil_mode=(True,))
    submission.avg_pool2d.agrees_with(
        oracle.avg_pool2d,
        [c for c in hanging + padded if not windows_behind_the_image(c)],
        magnitude=largest_pixel,
    )


@tier("parameters", of="avg_pool2d")
def test_average_all_options(submission, oracle, cases):
    """Window, stride, padding, ceil_mode and count_include_pad work together."""
    submission.avg_pool2d.agrees_with(
        oracle.avg_pool2d, cases.random(30, average_call), magnitude=largest_pixel
    )


@tier("parameters", of="avg_pool2d", states="Gradients flow back to x.")
def test_average_gradient(submission, oracle, cases):
    """Every pixel of a window receives the same share of the gradient."""
    submission.avg_pool2d.gradient_agrees_with(
        oracle.avg_pool2d, [case(image(1, 2, 4), 2)] + cases.random(10, average_call)
    )


@tier(
    "edge",
    of="avg_pool2d",
    states="In ceil mode, a last window that would start in the padding is dropped.",
)
def test_average_window_behind_the_image(submission, oracle):
    """In ceil mode a window that would start behind the image is dropped."""
    hanging = grid((1, 2, (2, 3)), stride=(None, 3), padding=(0, 1, (0, 1)), ceil_mode=(True,))
    submission.avg_pool2d.agrees_with(
        oracle.avg_pool2d,
        [c for c in hanging if windows_behind_the_image(c)],
        magnitude=largest_pixel,
    )


@tier("edge", of="avg_pool2d", states="ValueError: if padding is greater than kernel_size // 2.")
def test_average_padding_too_large(submission):
    """Padding of more than half the window is an error."""
    submission.avg_pool2d.rejects(PADDING_TOO_LARGE, documented=ValueError)


@tier("edge", of="avg_pool2d", states="ValueError: if the window is larger than the padded image.")
def test_average_window_too_large(submission):
    """A window that does not fit into the padded image is an error."""
    submission.avg_pool2d.rejects(WINDOW_TOO_LARGE, documented=ValueError)


@tier("edge", of="avg_pool2d", states="The result has the dtype of x.")
def test_average_dtype_is_kept(submission, oracle):
    """float64 stays float64."""
    submission.avg_pool2d.type_agrees_with(
        oracle.avg_pool2d,
        [
            case(image(1, 2, 4, dtype=torch.float64), 2),
            case(image(2, 3, 5, dtype=torch.float64), 3, stride=1, padding=1),
        ],
    )


@tier("edge", of="avg_pool2d", states="The input is not changed.")
def test_average_input_is_not_changed(submission):
    """The caller's images stay as they were."""
    submission.avg_pool2d.leaves_arguments_alone(
        [
            case(image(1, 2, 4), 2),
            case(image(2, 3, 5, 4), 2, stride=1),
            case(image(2, 5, 3), 3, padding=1, count_include_pad=False),
        ]
    )


@tier(
    "edge",
    of="avg_pool2d",
    states="It works for any memory layout, for example after x.permute(0, 3, 1, 2).",
)
def test_average_any_memory_layout(submission, oracle):
    """Images that do not lie in memory row by row are pooled alike."""
    submission.avg_pool2d.agrees_with(
        oracle.avg_pool2d,
        [case(x, 2, stride=1) for x in CHANNELS_LAST],
        magnitude=largest_pixel,
    )
