"""Hidden tests of image_kernels: images and kernels that are not square, every edge, both flips.

A filter adds many products, so float32 results differ by the order of the sum. The tolerance is
rtol 1e-4 and atol 1e-5, and at least 4 eps of the sum of the absolute products.
"""

import math

import torch
import torch.nn.functional as F

from grader.runner import case, tier

LOOSE = {"rtol": 1e-4, "atol": 1e-5}
EDGES = ("zeros", "extend", "crop")
SOBEL = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
COUNTING = torch.arange(1.0, 10.0).reshape(3, 3)


def numbers(*shape, start=0, dtype=torch.float32):
    """Whole numbers from 0 to 10 in a fixed disorder."""
    return (((torch.arange(math.prod(shape)) + start) * 7 + 3) % 11).to(dtype).reshape(shape)


def weights(*shape):
    """A kernel without symmetry: whole numbers from -3 to 3."""
    return numbers(*shape, start=2) % 7 - 3


def sum_of_products(img, kernel, edge="zeros", flip=False):
    """Magnitude for the tolerance: what the result would be if nothing cancelled."""
    rows, columns = (0, 0) if edge == "crop" else (kernel.shape[0] // 2, kernel.shape[1] // 2)
    mode = "replicate" if edge == "extend" else "constant"
    padded = F.pad(img.float().abs()[None, None], (columns, columns, rows, rows), mode=mode)
    turned = kernel.flip(0, 1) if flip else kernel
    return F.conv2d(padded, turned.float().abs()[None, None])[0, 0]


def call(draw, scale=1.0):
    """A random image with unequal sides, a kernel with odd sides, any edge, any flip."""
    edge = draw.choice(EDGES)
    height, width = draw.shape(2, 1, 8)
    sides = [k for k in (1, 3, 5) if edge != "crop" or k <= height]
    kh = draw.choice(sides)
    kw = draw.choice([k for k in (1, 3, 5) if edge != "crop" or k <= width])
    img = draw.normal(height, width, scale=scale)
    return case(img, draw.normal(kh, kw), edge=edge, flip=draw.choice((False, True)))


def large_call(draw):
    """The same with pixels around 1000."""
    return call(draw, scale=1000.0)


@tier("basic", of="filter2d")
def test_kernel_as_it_stands(submission, oracle):
    """The kernel is laid on the image as it stands; outside of the image is black."""
    submission.filter2d.agrees_with(
        oracle.filter2d,
        [
            case(numbers(1, 1), weights(1, 1)),
            case(numbers(1, 1) + 1, COUNTING),
            case(numbers(1, 2), COUNTING),
            case(numbers(2, 3), weights(3, 3)),
            case(numbers(4, 3), COUNTING),
            case(numbers(5, 6), weights(3, 3)),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("basic", of="filter2d")
def test_centre_lies_on_the_pixel(submission, oracle):
    """The kernel's centre lies on the pixel: a single 1 in the middle changes nothing."""
    identity, wide, shift = torch.zeros(3, 3), torch.zeros(5, 5), torch.zeros(3, 3)
    identity[1, 1] = wide[2, 2] = shift[1, 2] = 1.0
    submission.filter2d.agrees_with(
        oracle.filter2d,
        [
            case(numbers(1, 2), identity),
            case(numbers(3, 2), identity),
            case(numbers(3, 4), shift),
            case(numbers(4, 5), wide),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("basic", of="filter2d")
def test_responses_of_either_sign(submission, oracle):
    """Responses may be negative or above 255; they stay as they are."""
    step = torch.tensor([[0.0, 0.0, 200.0, 200.0, 0.0]]).repeat(3, 1)
    submission.filter2d.agrees_with(
        oracle.filter2d,
        [
            case(torch.tensor([[3.0, 0.0]]), torch.tensor([[-1.0, 0.0, 1.0]])),
            case(step, SOBEL),
            case(step.T.contiguous(), SOBEL.T.contiguous()),
            case(200 - step, SOBEL),
            case(numbers(4, 5) * 25, torch.full((3, 3), 1 / 9)),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("parameters", of="filter2d")
def test_extend(submission, oracle):
    """edge='extend' continues the image with its nearest border pixels, also in the corners."""
    submission.filter2d.agrees_with(
        oracle.filter2d,
        [
            case(numbers(1, 1), COUNTING, edge="extend"),
            case(numbers(1, 2), torch.tensor([[-1.0, 0.0, 1.0]]), edge="extend"),
            case(numbers(2, 3), weights(3, 3), edge="extend"),
            case(numbers(4, 3), weights(5, 5), edge="extend"),
            case(numbers(5, 7), SOBEL, edge="extend"),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("parameters", of="filter2d")
def test_crop(submission, oracle):
    """edge='crop' leaves out every pixel whose neighbours are not all there."""
    submission.filter2d.agrees_with(
        oracle.filter2d,
        [
            case(numbers(1, 3), torch.tensor([[-1.0, 0.0, 1.0]]), edge="crop"),
            case(numbers(3, 3), COUNTING, edge="crop"),
            case(numbers(3, 4), weights(3, 3), edge="crop"),
            case(numbers(6, 5), weights(3, 3), edge="crop"),
            case(numbers(5, 8), weights(5, 5), edge="crop"),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("parameters", of="filter2d")
def test_flip(submission, oracle):
    """flip=True turns the kernel by 180 degrees first."""
    submission.filter2d.agrees_with(
        oracle.filter2d,
        [
            case(numbers(1, 2), torch.tensor([[1.0, 2.0, 3.0]]), flip=True),
            case(numbers(2, 3), COUNTING, flip=True),
            case(numbers(4, 5), SOBEL, flip=True),
            case(numbers(5, 4), weights(5, 3), flip=True),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("parameters", of="filter2d")
def test_kernel_that_is_not_square(submission, oracle):
    """Kernel height and width may differ, and each may be 1."""
    submission.filter2d.agrees_with(
        oracle.filter2d,
        [
            case(numbers(2, 3), weights(1, 3)),
            case(numbers(3, 2), weights(3, 1)),
            case(numbers(5, 4), weights(5, 3)),
            case(numbers(4, 6), weights(3, 5)),
            case(numbers(3, 4), weights(1, 3), edge="crop"),
            case(numbers(4, 3), weights(3, 1), edge="crop"),
            case(numbers(4, 6), weights(1, 5), edge="extend"),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("parameters", of="filter2d")
def test_all_options(submission, oracle, cases):
    """Kernel, edge and flip work together, for numbers around 1 and around 1000."""
    submission.filter2d.agrees_with(
        oracle.filter2d,
        cases.random(25, call) + cases.random(10, large_call),
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("parameters", of="filter2d", states="Gradients flow back to img and kernel.")
def test_gradient(submission, oracle, cases):
    """Gradients reach the image and the kernel."""
    submission.filter2d.gradient_agrees_with(
        oracle.filter2d, [case(numbers(2, 3), weights(3, 3))] + cases.random(8, call), atol=1e-4
    )


@tier(
    "edge",
    of="filter2d",
    states="ValueError: if the kernel's height or width is even, as it then has no centre.",
)
def test_even_kernel(submission):
    """A kernel with an even side has no centre, which is an error."""
    submission.filter2d.rejects(
        [
            case(numbers(3, 4), weights(2, 2)),
            case(numbers(3, 4), weights(2, 3)),
            case(numbers(5, 4), weights(3, 2), edge="extend"),
            case(numbers(5, 6), weights(1, 4), edge="crop"),
            case(numbers(5, 6), weights(4, 5), flip=True),
        ],
        documented=ValueError,
    )


@tier("edge", of="filter2d", states="A uint8 image gives a float32 result.")
def test_uint8_image(submission, oracle):
    """An image of whole numbers gives fractions and negative numbers where they are due."""
    step = torch.tensor([[10, 10, 50, 50]], dtype=torch.uint8)
    bright = (numbers(4, 5) * 25).to(torch.uint8)
    submission.filter2d.agrees_with(
        oracle.filter2d,
        [
            case(step, torch.tensor([[-1.0, 0.0, 1.0]])),
            case(step.repeat(3, 1), torch.full((3, 3), 1 / 9), edge="extend"),
            case(bright, SOBEL),
            case(bright, torch.full((3, 3), 0.5), edge="crop"),
            case(bright.repeat(2, 1), SOBEL, edge="extend"),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )


@tier("edge", of="filter2d", states="A floating-point image keeps its dtype.")
def test_dtype_is_kept(submission, oracle):
    """float64 stays float64."""
    img = numbers(3, 4, dtype=torch.float64)
    submission.filter2d.type_agrees_with(
        oracle.filter2d, [case(img, SOBEL.double(), edge=edge) for edge in EDGES]
    )


@tier("edge", of="filter2d", states="The inputs are not changed.")
def test_inputs_are_not_changed(submission):
    """The caller's image and kernel stay as they were."""
    submission.filter2d.leaves_arguments_alone(
        [case(numbers(3, 4), weights(3, 3), edge=edge) for edge in EDGES]
        + [case(numbers(4, 3), weights(3, 1), flip=True)]
    )


@tier(
    "edge",
    of="filter2d",
    states="It works for any memory layout, for example after img.transpose(0, 1).",
)
def test_any_memory_layout(submission, oracle):
    """Images and kernels need not lie in memory row by row."""
    submission.filter2d.agrees_with(
        oracle.filter2d,
        [
            case(numbers(4, 3).transpose(0, 1), weights(3, 3)),
            case(numbers(5, 4).transpose(0, 1), weights(3, 5), edge="extend"),
            case(numbers(6, 8)[::2, ::2], weights(3, 3), edge="crop"),
            case(numbers(3, 5).transpose(0, 1), weights(5, 3).transpose(0, 1)),
        ],
        **LOOSE,
        magnitude=sum_of_products,
    )
