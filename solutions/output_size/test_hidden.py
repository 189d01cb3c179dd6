"""Hidden tests of output_size: every option away from its default, and the stated errors."""

from itertools import product

from grader.runner import case, tier

CONV_DEFAULTS = {"stride": 1, "padding": 0, "dilation": 1}
POOL_DEFAULTS = {"stride": None, "padding": 0, "dilation": 1, "ceil_mode": False}
NO_OPTIONS = [case(size, kernel) for size in range(1, 6) for kernel in range(1, size + 1)]


def covered(kernel, dilation=1):
    """Pixels from the first to the last tap."""
    return dilation * (kernel - 1) + 1


def options(defaults, *values):
    """The options that are away from their default, as a call would write them."""
    given = dict(zip(defaults, values, strict=True))
    return {name: value for name, value in given.items() if value != defaults[name]}


# conv_out


def conv_grid(strides=(1,), paddings=(0,), dilations=(1,)):
    """All small calls with these options where a window fits, smallest first."""
    return [
        case(size, kernel, **options(CONV_DEFAULTS, stride, padding, dilation))
        for size, kernel in product((1, 2, 3, 5, 8), (1, 2, 3, 4))
        for stride, padding, dilation in product(strides, paddings, dilations)
        if covered(kernel, dilation) <= size + 2 * padding
    ]


def divides(one):
    """Whether the stride of a call without dilation divides its steps."""
    size, kernel = one.arguments
    padding, stride = one.options.get("padding", 0), one.options["stride"]
    return (size + 2 * padding - kernel) % stride == 0


def conv_call(draw):
    """A random call in which every option may be away from its default."""
    kernel, dilation, padding = draw.randint(1, 7), draw.randint(1, 4), draw.randint(0, 5)
    size = draw.randint(max(1, covered(kernel, dilation) - 2 * padding), 60)
    return case(size, kernel, stride=draw.randint(1, 5), padding=padding, dilation=dilation)


@tier("basic", of="conv_out")
def test_conv_without_options(submission, oracle):
    """Without options, a convolution gives one value for each place where the kernel fits."""
    submission.conv_out.agrees_with(oracle.conv_out, NO_OPTIONS)


@tier("basic", of="conv_out")
def test_conv_padding_counts_at_both_ends(submission, oracle):
    """Padding is added at both ends, so it counts twice."""
    submission.conv_out.agrees_with(oracle.conv_out, conv_grid(paddings=(1, 2)))


@tier("basic", of="conv_out")
def test_conv_stride_that_divides(submission, oracle):
    """The stride divides the steps after the first window, and the first window counts too."""
    strided = [c for c in conv_grid(strides=(2, 3), paddings=(0, 1)) if divides(c)]
    submission.conv_out.agrees_with(oracle.conv_out, strided)


@tier(
    "parameters",
    of="conv_out",
    states="If the stride does not divide, the rest is dropped (floor); not an error.",
)
def test_conv_stride_that_does_not_divide(submission, oracle):
    """If the stride does not divide, the rest is dropped."""
    strided = [c for c in conv_grid(strides=(2, 3, 4), paddings=(0, 1)) if not divides(c)]
    submission.conv_out.agrees_with(oracle.conv_out, strided)


@tier("parameters", of="conv_out")
def test_conv_dilation(submission, oracle):
    """A dilated kernel covers dilation * (kernel_size - 1) + 1 pixels."""
    submission.conv_out.agrees_with(oracle.conv_out, conv_grid(dilations=(2, 3)))


@tier("parameters", of="conv_out")
def test_conv_all_options(submission, oracle, cases):
    """Stride, padding and dilation work together."""
    submission.conv_out.agrees_with(
        oracle.conv_out,
        conv_grid(strides=(2,), paddings=(1,), dilations=(2,)) + cases.random(40, conv_call),
    )


@tier("edge", of="conv_out", states="The result is an int, never a float.")
def test_conv_result_is_an_int(submission, oracle):
    """A size is an int."""
    submission.conv_out.type_agrees_with(
        oracle.conv_out, [case(1, 1), case(5, 2, stride=3), case(6, 3, stride=2, padding=1)]
    )


@tier(
    "edge",
    of="conv_out",
    states="ValueError: if the kernel covers more pixels than the padded input has.",
)
def test_conv_kernel_too_large(submission):
    """A kernel that is larger than the padded input is an error, not a size of 0 or less."""
    submission.conv_out.rejects(
        [
            case(1, 2),
            case(2, 5, padding=1),
            case(2, 3, stride=2),
            case(4, 3, dilation=2),
            case(3, 8, stride=3, padding=1),
            case(4, 4, stride=2, padding=1, dilation=3),
        ],
        documented=ValueError,
    )


@tier("edge", of="conv_out", states="ValueError: if stride is less than 1.")
def test_conv_stride_below_one(submission):
    """A stride of 0 or less is an error."""
    submission.conv_out.rejects(
        [case(5, 3, stride=0), case(5, 3, stride=-1), case(8, 2, stride=-2, padding=1)],
        documented=ValueError,
    )


# pool_out


def pool_grid(strides=(None,), paddings=(0,), dilations=(1,), ceil_modes=(False,)):
    """All small calls with these options where a window fits, smallest first."""
    return [
        case(size, kernel, **options(POOL_DEFAULTS, stride, padding, dilation, ceil_mode))
        for size, kernel in product((1, 2, 3, 5, 6, 9), (1, 2, 3, 4))
        for stride, padding, dilation, ceil_mode in product(
            strides, paddings, dilations, ceil_modes
        )
        if covered(kernel, dilation) <= size + 2 * padding and padding <= kernel // 2
    ]


def has_window_in_the_right_padding(one):
    """Whether rounding up alone would add a window behind the last pixel."""
    size, kernel = one.arguments
    given = POOL_DEFAULTS | one.options
    stride, padding = given["stride"] or kernel, given["padding"]
    steps = size + 2 * padding - covered(kernel, given["dilation"])
    return given["ceil_mode"] and -(-steps // stride) * stride >= size + padding


def pool_call(draw):
    """A random call with every option, except the windows that a test below is about."""
    kernel, dilation = draw.randint(1, 6), draw.randint(1, 3)
    padding = draw.randint(0, kernel // 2)
    one = case(
        draw.randint(max(1, covered(kernel, dilation) - 2 * padding), 40),
        kernel,
        stride=draw.choice((None, 1, 2, 3, 4)),
        padding=padding,
        dilation=dilation,
        ceil_mode=draw.choice((False, True)),
    )
    return pool_call(draw) if has_window_in_the_right_padding(one) else one


@tier("basic", of="pool_out")
def test_pool_without_options(submission, oracle):
    """Without a stride, the windows lie side by side; a part of a window does not count."""
    submission.pool_out.agrees_with(oracle.pool_out, pool_grid())


@tier("basic", of="pool_out")
def test_pool_stride(submission, oracle):
    """With a stride, windows start every stride pixels and may overlap."""
    submission.pool_out.agrees_with(oracle.pool_out, pool_grid(strides=(1, 2, 3)))


@tier("parameters", of="pool_out")
def test_pool_padding(submission, oracle):
    """Padding is added at both ends, so it counts twice."""
    submission.pool_out.agrees_with(
        oracle.pool_out, pool_grid(strides=(None, 1, 2), paddings=(1, 2))
    )


@tier("parameters", of="pool_out")
def test_pool_dilation(submission, oracle):
    """A dilated window covers dilation * (kernel_size - 1) + 1 pixels."""
    submission.pool_out.agrees_with(
        oracle.pool_out, pool_grid(strides=(None, 1, 2), dilations=(2, 3))
    )


@tier("parameters", of="pool_out")
def test_pool_ceil_mode(submission, oracle):
    """In ceil mode a window that hangs over the right end counts."""
    grid = pool_grid(strides=(None, 2, 3), paddings=(0, 1), ceil_modes=(True,))
    submission.pool_out.agrees_with(
        oracle.pool_out, [c for c in grid if not has_window_in_the_right_padding(c)]
    )


@tier("parameters", of="pool_out")
def test_pool_all_options(submission, oracle, cases):
    """Stride, padding, dilation and ceil_mode work together."""
    submission.pool_out.agrees_with(oracle.pool_out, cases.random(40, pool_call))


@tier(
    "edge",
    of="pool_out",
    states="In ceil mode, a last window that would start in the right padding is dropped.",
)
def test_pool_window_in_the_right_padding(submission, oracle):
    """In ceil mode a window that would start in the right padding is dropped."""
    grid = pool_grid(strides=(None, 2, 3, 4), paddings=(0, 1, 2), ceil_modes=(True,))
    submission.pool_out.agrees_with(
        oracle.pool_out, [c for c in grid if has_window_in_the_right_padding(c)]
    )


@tier(
    "edge",
    of="pool_out",
    states="ValueError: if padding is greater than kernel_size // 2 (PyTorch's rule).",
)
def test_pool_padding_too_large(submission):
    """Padding of more than half the window is an error."""
    submission.pool_out.rejects(
        [
            case(3, 1, padding=1),
            case(5, 2, padding=2),
            case(5, 3, padding=2),
            case(9, 5, stride=2, padding=3),
            case(6, 3, padding=2, ceil_mode=True),
        ],
        documented=ValueError,
    )


@tier("edge", of="pool_out", states="The result is an int, never a float.")
def test_pool_result_is_an_int(submission, oracle):
    """A size is an int."""
    submission.pool_out.type_agrees_with(
        oracle.pool_out,
        [case(1, 1), case(5, 2), case(6, 3, stride=2), case(6, 3, stride=2, ceil_mode=True)],
    )


# same_padding


def same_call(draw):
    """A random kernel with a random dilation."""
    return case(draw.randint(1, 12), dilation=draw.randint(1, 6))


@tier("basic", of="same_padding")
def test_same_odd_kernels(submission, oracle):
    """An odd kernel needs the same padding on both sides."""
    submission.same_padding.agrees_with(oracle.same_padding, [case(k) for k in (3, 5, 7, 11)])


@tier("basic", of="same_padding", states="If the total is odd, the extra pixel goes to the right.")
def test_same_even_kernels(submission, oracle):
    """For an even kernel the extra pixel goes to the right."""
    submission.same_padding.agrees_with(oracle.same_padding, [case(k) for k in (2, 4, 6, 10)])


@tier("parameters", of="same_padding")
def test_same_dilation(submission, oracle):
    """Dilation spreads the kernel, so more padding is needed."""
    grid = [case(k, dilation=d) for k in (2, 3, 4, 5) for d in (2, 3)]
    submission.same_padding.agrees_with(oracle.same_padding, grid)


@tier("parameters", of="same_padding")
def test_same_random(submission, oracle, cases):
    """Left and right together make up what the kernel takes away."""
    submission.same_padding.agrees_with(oracle.same_padding, cases.random(20, same_call))


@tier("edge", of="same_padding", states="A kernel of size 1 needs no padding: (0, 0).")
def test_same_kernel_of_one(submission, oracle):
    """A kernel of size 1 needs no padding, whatever its dilation."""
    submission.same_padding.agrees_with(
        oracle.same_padding,
        [case(1), case(1, dilation=2), case(1, dilation=3), case(1, dilation=5)],
    )


@tier("edge", of="same_padding", states="Both numbers are ints, never floats.")
def test_same_result_is_two_ints(submission, oracle):
    """Both sides are ints."""
    submission.same_padding.type_agrees_with(
        oracle.same_padding, [case(1), case(3), case(4), case(2, dilation=3)]
    )
