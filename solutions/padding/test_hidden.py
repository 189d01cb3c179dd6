"""Hidden tests of padding: unequal axes, four unequal widths, every mode, the stated errors.

Padding moves values and computes none, so everything is compared exactly.
"""

import torch

from grader.runner import case, tier

MODES = ("zeros", "replicate", "reflect", "circular")
SHAPES = ((1, 3), (2, 3), (3, 2), (4, 3), (2, 4, 3), (2, 3, 4, 5))


def image(*shape, dtype=torch.float32):
    """Pixels 1, 2, 3 … so that each one can be told from every other."""
    pixels = 1
    for size in shape:
        pixels *= size
    return torch.arange(1, pixels + 1, dtype=dtype).reshape(shape)


def fits(shape, pad, mode):
    """Whether PyTorch allows this border on the last two axes of `shape`."""
    left, right, top, bottom = (pad,) * 4 if isinstance(pad, int) else pad
    height, width = shape[-2:]
    allowed = {"reflect": -1, "circular": 0}.get(mode, 100)
    return max(left, right) <= width + allowed and max(top, bottom) <= height + allowed


def grid(mode, pads):
    """Small images with each of these borders, where the mode allows it."""
    option = {} if mode == "zeros" else {"mode": mode}
    return [
        case(image(*shape), pad, **option)
        for shape in SHAPES
        for pad in pads
        if fits(shape, pad, mode)
    ]


def call(draw, dtype=torch.float32):
    """A random stack with unequal axes and four random widths, 0 among them."""
    mode = draw.choice(MODES)
    *leading, height, width = draw.shape(draw.randint(2, 4), 1, 6)
    reach = {"reflect": -1, "circular": 0}.get(mode, 3)
    sides = [draw.randint(0, size + reach) for size in (width, width, height, height)]
    x = draw.normal(*leading, height, width, scale=1000.0, dtype=dtype)
    return case(x, tuple(sides), mode=mode)


@tier("basic", of="pad2d")
def test_zeros_of_one_width(submission, oracle):
    """One int puts as many zeros on every side, and only on the last two axes."""
    submission.pad2d.agrees_with(oracle.pad2d, grid("zeros", (1, 2)), exact=True)


@tier("basic", of="pad2d")
def test_zeros_of_four_widths(submission, oracle):
    """Four ints are (left, right, top, bottom)."""
    pads = ((1, 0, 0, 0), (0, 2, 0, 0), (0, 0, 3, 0), (0, 0, 0, 1), (1, 2, 3, 4))
    submission.pad2d.agrees_with(oracle.pad2d, grid("zeros", pads), exact=True)


@tier("basic", of="pad2d")
def test_replicate(submission, oracle):
    """'replicate' repeats the nearest border pixel, in the corners too."""
    pads = (1, (1, 0, 0, 0), (0, 0, 0, 2), (3, 1, 2, 4))
    submission.pad2d.agrees_with(oracle.pad2d, grid("replicate", pads), exact=True)


@tier("parameters", of="pad2d")
def test_reflect(submission, oracle):
    """'reflect' mirrors about the border pixel and does not repeat it."""
    pads = (1, (1, 0, 0, 0), (0, 2, 0, 1), (2, 1, 1, 0), (1, 2, 2, 1))
    submission.pad2d.agrees_with(oracle.pad2d, grid("reflect", pads), exact=True)


@tier("parameters", of="pad2d")
def test_circular(submission, oracle):
    """'circular' continues with the pixels of the opposite side."""
    pads = (1, (1, 0, 0, 0), (0, 2, 0, 1), (2, 3, 1, 2), (3, 1, 2, 1))
    submission.pad2d.agrees_with(oracle.pad2d, grid("circular", pads), exact=True)


@tier("parameters", of="pad2d")
def test_every_mode_with_four_widths(submission, oracle, cases):
    """In every mode each side has its own width, and 0 adds nothing."""
    submission.pad2d.agrees_with(oracle.pad2d, cases.random(40, call), exact=True)


@tier("parameters", of="pad2d", states="Gradients flow back to x.")
def test_gradient(submission, oracle, cases):
    """Each pixel receives the gradients of all its copies."""
    submission.pad2d.gradient_agrees_with(
        oracle.pad2d,
        [case(image(2, 3), 1), case(image(2, 3), (2, 1, 0, 1), mode="replicate")]
        + cases.random(10, call),
    )


@tier("edge", of="pad2d", states="ValueError: if a width is negative.")
def test_negative_width(submission):
    """A negative width is an error; nothing is cropped."""
    submission.pad2d.rejects(
        [
            case(image(3, 4), -1),
            case(image(3, 4), (-1, 0, 0, 0)),
            case(image(3, 4), (0, 0, 0, -2)),
            case(image(3, 4), (1, 1, -1, 1), mode="replicate"),
            case(image(2, 3, 4), (0, -1, 0, 0), mode="circular"),
            case(image(2, 3, 4), (1, -1, 1, 0), mode="reflect"),
        ],
        documented=ValueError,
    )


@tier(
    "edge",
    of="pad2d",
    states="if mode is 'reflect' and a width is not smaller than the image on that axis.",
)
def test_reflect_too_wide(submission):
    """'reflect' needs a border that is smaller than the image on that axis."""
    submission.pad2d.rejects(
        [
            case(image(1, 3), 1, mode="reflect"),
            case(image(2, 3), (3, 0, 0, 0), mode="reflect"),
            case(image(2, 3), (0, 0, 0, 2), mode="reflect"),
            case(image(2, 4, 3), (0, 4, 0, 0), mode="reflect"),
        ],
        documented=ValueError,
    )


@tier(
    "edge",
    of="pad2d",
    states="if mode is 'circular' and a width is larger than the image on that axis.",
)
def test_circular_too_wide(submission):
    """'circular' needs a border that is no larger than the image on that axis."""
    submission.pad2d.rejects(
        [
            case(image(1, 3), 2, mode="circular"),
            case(image(2, 3), (4, 0, 0, 0), mode="circular"),
            case(image(2, 3), (0, 0, 0, 3), mode="circular"),
            case(image(2, 4, 3), (0, 5, 0, 0), mode="circular"),
        ],
        documented=ValueError,
    )


@tier("edge", of="pad2d", states="The result has the dtype of x.")
def test_dtype_is_kept(submission, oracle):
    """float64 stays float64, in every mode."""
    submission.pad2d.type_agrees_with(
        oracle.pad2d,
        [case(image(2, 3, dtype=torch.float64), 1)]
        + [case(image(2, 3, dtype=torch.float64), (1, 0, 1, 1), mode=mode) for mode in MODES[1:]],
    )


@tier("edge", of="pad2d", states="The input is not changed.")
def test_input_is_not_changed(submission):
    """The caller's image stays as it was."""
    submission.pad2d.leaves_arguments_alone(
        [case(image(2, 3), 1)] + [case(image(4, 3), (1, 2, 1, 0), mode=mode) for mode in MODES]
    )


@tier(
    "edge",
    of="pad2d",
    states="It works for any memory layout, for example after x.permute(0, 3, 1, 2).",
)
def test_any_memory_layout(submission, oracle):
    """Images that do not lie in memory row by row are padded alike."""
    channels_last = [image(2, 3, 4, 2).permute(0, 3, 1, 2), image(2, 2, 5, 3).permute(0, 3, 1, 2)]
    submission.pad2d.agrees_with(
        oracle.pad2d,
        [case(image(4, 3).T, 1), case(image(2, 5).T, (1, 0, 2, 1), mode="replicate")]
        + [case(x, (1, 2, 0, 1)) for x in channels_last]
        + [case(x, (1, 2, 1, 0), mode="circular") for x in channels_last],
        exact=True,
    )
