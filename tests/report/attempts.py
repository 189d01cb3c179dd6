"""Attempts for the tests and the gallery: perfect, partial, each verdict, hostile text."""

from __future__ import annotations

import base64
import dataclasses
from fractions import Fraction

from grader.model import (
    Array,
    Attempt,
    Audience,
    CurvePoint,
    DeadChannels,
    Described,
    ExerciseResult,
    Facet,
    Flag,
    FunctionResult,
    FunctionState,
    Isolation,
    LayerReport,
    Mismatch,
    Mistake,
    Note,
    PastAttempt,
    Provenance,
    Show,
    Source,
    SubmissionInfo,
    TestResult,
    Tier,
    TrainingMeasured,
    TrainingResult,
    Verdict,
)

SHARES = {
    Tier.BASIC: Fraction(60, 100),
    Tier.PARAMETERS: Fraction(25, 100),
    Tier.EDGE: Fraction(15, 100),
}

SIZES = '''\
"""Output sizes of convolution and pooling layers."""

import math


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    """Number of outputs of a convolution along one axis.

    If the stride does not divide, the rest is dropped (floor); not an error.
    """
    effective = dilation * (kernel_size - 1) + 1
    free = size + padding - effective  # padding goes on both sides?
    return free // stride + 1


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Number of outputs of a pooling layer along one axis."""
    if stride is None:
        stride = 1
    if padding > kernel_size // 2:
        raise ValueError("padding must be at most half the kernel")
    span = size + 2 * padding - dilation * (kernel_size - 1) - 1
    rounding = math.ceil if ceil_mode else math.floor
    return rounding(span / stride) + 1


def same_padding(kernel_size, dilation=1):
    """Zeros to add left and right so that the size stays the same."""
    raise NotImplementedError
'''

PADDING = '''\
import torch


def pad2d(x, pad, mode="zeros"):
    """Pad the last two axes of x."""
    if isinstance(pad, int):
        pad = (pad, pad, pad, pad)
    left, right, top, bottom = pad
    height, width = x.shape[-2:]
    out = torch.zeros(*x.shape[:-2], height + top + bottom, width + left + right)
    out[..., top:top + height, left:left + width] = x
    return out
'''

RELU = '''\
def relu(x):
    """The positive part of x; nan stays nan."""
    return x * (x > 0)
'''


def described(value: object, dtype: str = "float32") -> Described:
    """A nested list as a tensor, anything else as text."""
    if not isinstance(value, list):
        return Described(text=repr(value))
    shape: list[int] = []
    inner: object = value
    while isinstance(inner, list):
        shape.append(len(inner))
        inner = inner[0] if inner else None
    flat = _flat(value)
    return Described(
        text=f"tensor of shape {tuple(shape)}, {dtype}",
        array=Array(dtype=dtype, shape=tuple(shape), values=tuple(flat)),
    )


def _flat(value: object) -> list:
    if isinstance(value, list):
        return [leaf for part in value for leaf in _flat(part)]
    return [value]


def make_test(
    slug: str,
    function: str,
    name: str,
    title: str,
    tier: Tier = Tier.BASIC,
    verdict: Verdict = Verdict.PASSED,
    **members: object,
) -> TestResult:
    """One test, worth nothing until `make_function` shares the points out."""
    return TestResult(
        id=f"{slug}::{function}::{name}",
        function=function,
        title=title,
        tier=tier,
        verdict=verdict,
        points=Fraction(0),
        max_points=Fraction(0),
        **members,
    )


def make_function(name: str, of: int, tests: list[TestResult], **members: object):
    """A function whose points are split over its tests as the scoring does."""
    tiers = {test.tier for test in tests}
    whole = sum(SHARES[tier] for tier in tiers) or Fraction(1)
    shared = []
    for test in tests:
        count = sum(other.tier is test.tier for other in tests)
        worth = of * SHARES[test.tier] / whole / count
        earned = worth if test.verdict is Verdict.PASSED else Fraction(0)
        shared.append(dataclasses.replace(test, points=earned, max_points=worth))
    failed = [test.verdict for test in shared if test.verdict is not Verdict.PASSED]
    defaults = {
        "state": FunctionState.WRITTEN,
        "verdict": failed[0] if failed else Verdict.PASSED,
        "points": sum((test.points for test in shared), Fraction(0)),
        "max_points": Fraction(of),
    }
    return FunctionResult(name=name, tests=tuple(shared), **{**defaults, **members})


def make_exercise(slug: str, title: str, functions: list, **members: object) -> ExerciseResult:
    """One exercise."""
    defaults = {
        "score_fingerprint": "5c" * 32,
        "feedback_fingerprint": "fb" * 32,
        "seed": 20261,
        "concept": "https://cs231n.github.io/convolutional-networks/",
    }
    return ExerciseResult(
        slug=slug, title=title, functions=tuple(functions), **{**defaults, **members}
    )


def make_attempt(name: str, exercises: list, **members: object) -> Attempt:
    """One attempt with a plausible provenance."""
    files = tuple(dict.fromkeys(s.path for e in exercises for s in e.sources))
    defaults = {
        "submission": SubmissionInfo(name=name, sha256="a1b2c3d4" * 8, files=files),
        "course": "Convolutional networks",
        "assignment": "week 1",
        "provenance": Provenance(
            grader="0.1.0",
            python="3.11.2",
            torch="2.15.0",
            machine="x86_64",
            device="cpu",
            isolation=Isolation.NAMESPACES,
        ),
        "audience": Audience.STUDENT,
    }
    return Attempt(exercises=tuple(exercises), **{**defaults, **members})


def _sizes(slug: str = "output_size") -> list[FunctionResult]:
    padding_hint = (
        "Your result matches adding the padding once. "
        "Check on how many sides of the input the padding stands."
    )
    single = {"misconception": "single_padding", "hint": padding_hint}
    conv = make_function(
        "conv_out",
        4,
        [
            make_test(slug, "conv_out", "test_defaults", "A window moves one step at a time"),
            make_test(slug, "conv_out", "test_whole", "One window fits an input of its own size"),
            make_test(
                slug,
                "conv_out",
                "test_padding",
                "Padding counts on both sides",
                Tier.PARAMETERS,
                Verdict.FAILED,
                mismatch=Mismatch(
                    facet=Facet.VALUE,
                    sentence="The value is wrong.",
                    call="conv_out(5, 3, padding=1)",
                    arguments=(described(5), described(3), described(1)),
                    expected=described(5),
                    got=described(4),
                    failing=31,
                    total=58,
                    snippet="from output_size import conv_out\n\n"
                    "print(conv_out(5, 3, padding=1))  # expected 5",
                    line=13,
                ),
                **single,
            ),
            make_test(slug, "conv_out", "test_stride", "Stride is the step", Tier.PARAMETERS),
            make_test(
                slug,
                "conv_out",
                "test_all_at_once",
                "All parameters work together",
                Tier.PARAMETERS,
                Verdict.FAILED,
                mismatch=Mismatch(
                    facet=Facet.VALUE,
                    sentence="The value is wrong.",
                    call="conv_out(7, 3, stride=2, padding=1, dilation=2)",
                    arguments=tuple(described(n) for n in (7, 3, 2, 1, 2)),
                    expected=described(3),
                    got=described(2),
                    failing=12,
                    total=50,
                    line=13,
                ),
                **single,
            ),
            make_test(
                slug,
                "conv_out",
                "test_floor",
                "A window that does not fit is dropped",
                Tier.EDGE,
                states="If the stride does not divide, the rest is dropped (floor); not an error.",
            ),
            make_test(
                slug,
                "conv_out",
                "test_too_big",
                "A kernel that does not fit is an error",
                Tier.EDGE,
                Verdict.FAILED,
                states="A kernel larger than the padded input raises ValueError.",
                needs_basic=True,
                mismatch=Mismatch(
                    facet=Facet.NO_EXCEPTION,
                    sentence="It returned 0 where an error is stated.",
                    call="conv_out(2, 3)",
                    arguments=(described(2), described(3)),
                    expected=Described(text="an error"),
                    got=described(0),
                    failing=4,
                    total=4,
                    snippet="from output_size import conv_out\n\nprint(conv_out(2, 3))",
                ),
            ),
        ],
        path="output_size.py",
        line=6,
        right_when=("padding is 0",),
    )
    pool = make_function(
        "pool_out",
        3,
        [
            make_test(
                slug,
                "pool_out",
                "test_defaults",
                "Windows do not overlap unless a stride is given",
                verdict=Verdict.FAILED,
                mismatch=Mismatch(
                    facet=Facet.VALUE,
                    sentence="The value is wrong.",
                    call="pool_out(4, 2)",
                    arguments=(described(4), described(2)),
                    expected=described(2),
                    got=described(3),
                    failing=40,
                    total=44,
                    snippet="from output_size import pool_out\n\nprint(pool_out(4, 2))",
                    line=25,
                ),
                misconception="default_stride_one",
                hint="Your result matches a stride of 1 by default. "
                "Check what the stride of a pooling layer is when none is given.",
            ),
            make_test(slug, "pool_out", "test_stride", "A given stride is used", Tier.PARAMETERS),
            make_test(
                slug,
                "pool_out",
                "test_ceil",
                "Ceil mode keeps the last window",
                Tier.EDGE,
                states="In ceil mode a last window that starts in the padding is dropped.",
            ),
        ],
        path="output_size.py",
        line=17,
        notes=(
            Note(
                text="math.ceil of a quotient goes through a float; -(-a // b) stays exact.",
                line=25,
            ),
        ),
    )
    same = make_function(
        "same_padding",
        2,
        [
            make_test(slug, "same_padding", "test_odd", t, tier, Verdict.SKIPPED)
            for t, tier in (
                ("Odd kernels get the same on both sides", Tier.BASIC),
                ("Dilation widens the kernel", Tier.PARAMETERS),
                ("The extra zero goes right", Tier.EDGE),
            )
        ],
        state=FunctionState.STUB,
        verdict=Verdict.SKIPPED,
        path="output_size.py",
        line=28,
    )
    return [conv, pool, same]


def _pad2d() -> FunctionResult:
    grid = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
    want = [[2.0, 1.0, 2.0, 3.0, 2.0], [5.0, 4.0, 5.0, 6.0, 5.0]]
    have = [[0.0, 1.0, 2.0, 3.0, 0.0], [0.0, 4.0, 5.0, 6.0, 0.0]]
    hint = (
        "Your result matches padding with zeros in every mode. "
        "Check where the argument mode changes what is filled in."
    )
    rest = {"misconception": "zeros_for_all_modes", "hint": hint}

    def modes(mode: str, expected: list, tier: Tier, title: str) -> TestResult:
        return make_test(
            "padding", "pad2d", f"test_{mode}", title, tier, Verdict.FAILED,
            mismatch=Mismatch(
                facet=Facet.VALUE,
                sentence="4 of 10 values are wrong.",
                call=f"pad2d(x, (1, 1, 0, 0), mode={mode!r})",
                arguments=(described(grid), described((1, 1, 0, 0)), described(mode)),
                expected=described(expected),
                got=described(have),
                at=(0, 0),
                failing=18,
                total=20,
                snippet="import torch\nfrom padding import pad2d\n\n"
                f"x = torch.tensor({grid})\nprint(pad2d(x, (1, 1, 0, 0), mode={mode!r}))",
                line=11,
            ),
            **rest,
        )  # fmt: skip

    large = [[[[float((7 * r + 3 * c) % 11) for c in range(10)] for r in range(10)]]]
    off = [[[[float((7 * r + 3 * c) % 11) for c in range(10)] for r in range(10)]]]
    for r in range(10):
        for c in (0, 1, 8, 9):
            off[0][0][r][c] += (r % 4) * 0.75 * (1 if c < 5 else -2)
    return make_function(
        "pad2d",
        7,
        [
            make_test("padding", "pad2d", "test_zeros", "Zeros stand all around"),
            make_test("padding", "pad2d", "test_sides", "Each side has its own width"),
            modes("reflect", want, Tier.PARAMETERS, "Reflect mirrors without the border"),
            modes(
                "replicate",
                [[1.0, 1.0, 2.0, 3.0, 3.0], [4.0, 4.0, 5.0, 6.0, 6.0]],
                Tier.PARAMETERS,
                "Replicate repeats the border",
            ),
            modes(
                "circular",
                [[3.0, 1.0, 2.0, 3.0, 1.0], [6.0, 4.0, 5.0, 6.0, 4.0]],
                Tier.PARAMETERS,
                "Circular continues on the other side",
            ),
            make_test(
                "padding", "pad2d", "test_corners", "Corners are filled", Tier.EDGE, Verdict.FAILED,
                states="Corners are filled as the edges are.",
                mismatch=Mismatch(
                    facet=Facet.VALUE,
                    sentence="28 of 100 values are wrong.",
                    call="pad2d(x, 2, mode='reflect')",
                    expected=described(large),
                    got=described(off),
                    at=(0, 0, 1, 0),
                    failing=9,
                    total=16,
                ),
            ),
            make_test(
                "padding", "pad2d", "test_dtype", "The dtype is kept", Tier.EDGE, Verdict.FAILED,
                states="The result has the dtype of x.",
                mismatch=Mismatch(
                    facet=Facet.DTYPE,
                    sentence="The result is float32; int64 was due.",
                    call="pad2d(x, 1)",
                    expected=described([[0, 0, 0], [0, 7, 0], [0, 0, 0]], "int64"),
                    got=described([[0.0, 0.0, 0.0], [0.0, 7.0, 0.0], [0.0, 0.0, 0.0]]),
                    failing=5,
                    total=6,
                ),
            ),
        ],
        path="padding.py",
        line=4,
    )  # fmt: skip


def _relu(passes: bool = False) -> FunctionResult:
    tests = [
        make_test("relu", "relu", "test_signs", "Negative elements become 0"),
        make_test("relu", "relu", "test_shape", "Any shape is kept"),
        make_test("relu", "relu", "test_gradient", "The gradient is 0 or 1", Tier.PARAMETERS),
    ]
    nan = make_test(
        "relu", "relu", "test_nan", "nan stays nan and -inf becomes 0", Tier.EDGE, Verdict.FAILED,
        states="nan stays nan",
        mismatch=Mismatch(
            facet=Facet.VALUE,
            sentence="1 of 4 values is wrong.",
            call="relu(torch.tensor([1., -inf, nan, inf]))",
            expected=described([1.0, 0.0, "nan", "inf"]),
            got=described([1.0, "nan", "nan", "inf"]),
            at=(1,),
            failing=2,
            total=3,
            snippet="import torch\nfrom relu import relu\n\n"
            "inf = float('inf')\nprint(relu(torch.tensor([1., -inf, inf])))",
            line=3,
        ),
        misconception="mask_multiply",
        hint="Your result matches multiplying by a mask. Check what -inf times 0 is.",
    )  # fmt: skip
    if passes:
        nan = dataclasses.replace(
            nan, verdict=Verdict.PASSED, mismatch=None, hint="", misconception=""
        )
    return make_function("relu", 4, [*tests, nan], path="relu.py", line=1)


def windows() -> Attempt:
    """Pooling and convolution with one wrong element each, for the drawings."""
    image = [
        [[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 9.0, 1.0], [7.0, 8.0, -1.0, -2.0], [0.0, 6.0, -3.0, -4.0]]
    ]
    pool = make_function(
        "max_pool2d", 7,
        [
            make_test("pooling", "max_pool2d", "test_values", "Each window gives its maximum"),
            make_test(
                "pooling", "max_pool2d", "test_negative", "Padding never wins", Tier.PARAMETERS,
                Verdict.FAILED, states="Padding counts as -inf.",
                mismatch=Mismatch(
                    facet=Facet.VALUE, sentence="1 of 9 values is wrong.",
                    call="max_pool2d(<tensor of shape (1, 4, 4), float32>, 2, padding=1)",
                    arguments=(described(image), described(2), described(1)),
                    expected=described([[[1.0, 5.0, 0.0], [7.0, 9.0, 1.0], [0.0, 6.0, -4.0]]]),
                    got=described([[[1.0, 5.0, 0.0], [7.0, 9.0, 1.0], [0.0, 6.0, 0.0]]]),
                    at=(0, 2, 2), failing=6, total=40,
                ),
            ),
        ],
        path="pooling.py", line=1, requires=("pool_out",),
    )  # fmt: skip
    kernel = [[[[0.0, 1.0, 0.0], [1.0, -4.0, 1.0], [0.0, 1.0, 0.0]]]]
    conv = make_function(
        "conv2d", 8,
        [
            make_test(
                "conv_layer", "conv2d", "test_values", "The kernel is not flipped",
                verdict=Verdict.FAILED,
                mismatch=Mismatch(
                    facet=Facet.VALUE, sentence="1 of 4 values is wrong.",
                    call="conv2d(<tensor of shape (1, 1, 4, 4), float32>, "
                    "<tensor of shape (1, 1, 3, 3), float32>)",
                    arguments=(described([image]), described(kernel)),
                    expected=described([[[[1.0, -22.0], [-9.0, 12.0]]]]),
                    got=described([[[[1.0, -20.0], [-9.0, 12.0]]]]),
                    at=(0, 0, 0, 1), failing=3, total=40,
                ),
            ),
        ],
        path="conv_layer.py", line=1,
    )  # fmt: skip
    return make_attempt(
        "Window Frames",
        [
            make_exercise("pooling", "Pooling", [pool]),
            make_exercise("conv_layer", "A convolutional layer", [conv]),
        ],
    )


def partial() -> Attempt:
    """Three exercises, much right, several causes to fix."""
    return make_attempt(
        "Ada Lovelace",
        [
            make_exercise(
                "output_size",
                "Output size of convolution and pooling",
                _sizes(),
                sources=(Source(path="output_size.py", text=SIZES),),
            ),
            make_exercise(
                "padding", "Padding an image", [_pad2d()],
                sources=(Source(path="padding.py", text=PADDING),),
                concept="https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.pad.html",
            ),
            make_exercise(
                "relu", "The ReLU activation", [_relu()],
                sources=(Source(path="relu.py", text=RELU),),
            ),
        ],
        reference="week-1/ada/3",
        history=(
            PastAttempt(number=1, points=Fraction(4), max_points=Fraction(20), handed_in="12 Oct"),
            PastAttempt(
                number=2,
                points=Fraction(9),
                max_points=Fraction(20),
                handed_in="13 Oct",
                failing=(
                    "relu::relu::test_signs",
                    "relu::relu::test_nan",
                    "padding::pad2d::test_dtype",
                    "padding::pad2d::test_corners",
                    "padding::pad2d::test_reflect",
                    "padding::pad2d::test_replicate",
                    "padding::pad2d::test_circular",
                    "output_size::conv_out::test_padding",
                    "output_size::conv_out::test_all_at_once",
                    "output_size::pool_out::test_defaults",
                    "output_size::pool_out::test_stride",
                ),
            ),
        ),
    )  # fmt: skip


def perfect() -> Attempt:
    """Everything passes, with one note."""
    return make_attempt(
        "Grace Hopper",
        [
            make_exercise(
                "relu", "The ReLU activation", [_relu(passes=True)],
                sources=(
                    Source(path="relu.py", text=RELU.replace("x * (x > 0)", "x.clamp(min=0)")),
                ),
                notes=(Note(text="Two functions are called relu; the last one counts.",
                            path="relu.py", line=1),),
            )
        ],
    )  # fmt: skip


def _broken(slug: str, name: str, verdict: Verdict, **members: object) -> FunctionResult:
    titles = ("The default arguments", "Every parameter", "The stated edges")
    tests = [
        make_test(slug, name, f"test_{n}", title, tier, verdict, **members)
        for n, (title, tier) in enumerate(zip(titles, Tier, strict=True))
    ]
    return make_function(name, 3, tests, path="odd.py", line=1 + len(name))


def verdicts() -> Attempt:
    """One function for each verdict and each state."""
    call = Mismatch(facet=Facet.CRASH, sentence="", call="f(3)", failing=3, total=20, line=4)
    crash = dataclasses.replace(
        call,
        facet=Facet.EXCEPTION,
        sentence="It raised IndexError: index 4 is out of bounds for dimension 0 with size 4.",
    )
    slug = "odd"
    functions = [
        _broken(slug, "crashes", Verdict.ERROR, mismatch=crash),
        _broken(
            slug, "hangs", Verdict.TIMEOUT,
            sentence="The call did not finish within 2 seconds.", mismatch=call,
        ),
        _broken(slug, "grows", Verdict.MEMORY, mismatch=call),
        _broken(slug, "prints", Verdict.OUTPUT),
        make_function(
            "cheats", 3,
            [
                make_test(slug, "cheats", "test_values", "Values"),
                make_test(slug, "cheats", "test_edge", "Edges", Tier.EDGE),
            ],
            verdict=Verdict.FORBIDDEN, points=Fraction(0), path="odd.py", line=3,
            notes=(
                Note(text="`torch.relu` is not to be used in `cheats`.", path="odd.py", line=3),
            ),
            sentence="cheats calls torch.relu in line 3, which this exercise asks you to write. "
            "Without that rule it would have 3 of 3 points.",
        ),
        make_function(
            "avg_pool2d", 3,
            [make_test(slug, "avg_pool2d", "test_a", "Averages", verdict=Verdict.SKIPPED)],
            state=FunctionState.MISSING, verdict=Verdict.SKIPPED, nearest="avgpool2d",
            requires=("pool_out",),
        ),
        make_function(
            "lost", 2,
            [make_test(slug, "lost", "test_a", "Anything", verdict=Verdict.SKIPPED)],
            state=FunctionState.MISSING, verdict=Verdict.SKIPPED,
        ),
        make_function(
            "stub", 2,
            [make_test(slug, "stub", "test_a", "Anything", verdict=Verdict.SKIPPED)],
            state=FunctionState.STUB, verdict=Verdict.SKIPPED, path="odd.py", line=2,
        ),
    ]  # fmt: skip
    text = "\n".join(f"line_{n} = {n}  # a comment" for n in range(1, 20))
    exercise = make_exercise(
        slug, "Odd ones", functions, sources=(Source(path="odd.py", text=text),)
    )
    return make_attempt("Every Verdict", [exercise])


def void() -> Attempt:
    """The grader failed, so nothing counts."""
    function = _broken("odd", "fine", Verdict.INTERNAL)
    return make_attempt("Void", [make_exercise("odd", "Odd ones", [function])])


def filtered() -> Attempt:
    """What is left of tests under the shows hint, verdict and hidden."""
    slug = "relu"
    tests = [
        make_test(slug, "relu", "test_0", "Shown in full"),
        make_test(
            slug, "relu", "test_1", "Only a hint", Tier.PARAMETERS, Verdict.FAILED,
            show=Show.HINT, hint="Your result matches … . Check … .",
            mismatch=Mismatch(facet=Facet.SHAPE, sentence="", call=""),
        ),
        make_test(
            slug, "relu", "test_2", "Only the verdict", Tier.EDGE, Verdict.FAILED,
            show=Show.VERDICT,
        ),
        make_test(
            slug, "relu", "test_3", "", Tier.EDGE, Verdict.FAILED, show=Show.HIDDEN
        ),
    ]  # fmt: skip
    return make_attempt(
        "Filtered", [make_exercise(slug, "ReLU", [make_function("relu", 4, tests)])]
    )


def notebook() -> Attempt:
    """A notebook: cells as sources, one failure in a cell."""
    nan = dataclasses.replace(_relu().tests[3].mismatch, cell=3, line=3, path="week1.ipynb")
    relu = _relu()
    tests = (*relu.tests[:3], dataclasses.replace(relu.tests[3], mismatch=nan))
    relu = dataclasses.replace(relu, tests=tests, path="week1.ipynb", cell=3, line=1)
    sources = (
        Source(path="week1.ipynb", kind="markdown", text="# Week 1\nMy **solution**."),
        Source(path="week1.ipynb", cell=2, text="import torch\n%matplotlib inline"),
        Source(path="week1.ipynb", kind="markdown", text="---\n- a\n- `b < c`\n\n> why?"),
        Source(path="week1.ipynb", cell=3, text=RELU),
        Source(path="week1.ipynb", kind="markdown", text="---\n- a\n- `b < c`\n\n> why?"),
        Source(path="week1.ipynb", kind="markdown", text="[" * 3000),
        Source(
            path="week1.ipynb",
            cell=4,
            text="relu(torch.tensor([-1., 2.]))",
            output="tensor([-0., 2.])\n" * 30,
        ),
    )
    exercise = make_exercise(
        "relu", "The ReLU activation", [relu], sources=sources,
        notes=(
            Note(text="%matplotlib inline was left out.", path="week1.ipynb", cell=2, line=2),
        ),
    )  # fmt: skip
    return make_attempt("Note Book", [exercise])


def make_training(**members: object) -> TrainingResult:
    """A run of one epoch that came out well, with something of every diagnostic."""
    classes = tuple("0123456789")
    confusion = tuple(
        tuple(50 - i if i == j else (i * j) % 7 if abs(i - j) == 5 else 0 for j in range(10))
        for i in range(10)
    )
    digit = bytes((x * y * 3) % 256 for y in range(28) for x in range(28))
    defaults = {
        "data": "MNIST", "is_subset": False, "classes": classes, "images": 60000,
        "held_out": 10000, "seed": 7, "device": "cpu", "threads": 1, "contract": "steps",
        "own_step": True, "epochs": 1, "batch_size": 64, "steps": 938, "optimizer": "Adam",
        "parameters": 21840, "macs": 480500, "budget": 2.0, "accuracy": 0.9812, "correct": 9812,
        "baseline": 0.1042, "confusion": confusion, "band": (0.95, 0.985),
        "max_parameters": 100000,
        "curve": tuple(
            CurvePoint(step=15 * n, epoch=round(n / 60, 4), loss=round(2.3 * 0.93**n + 0.05, 4))
            for n in range(1, 61)
        ),
        "layers": (
            LayerReport(name="conv1.weight", shape=(2, 1, 3, 3), gradient_norm=0.19,
                        update_ratio=0.0011),
            LayerReport(name="scores.bias", shape=(10,), gradient_norm="nan", update_ratio=0.5),
        ),
        "rectifiers": (DeadChannels(channels=2, dead=1), DeadChannels(channels=20, dead=0)),
        "filters": Array(dtype="float32", shape=(2, 1, 3, 3),
                         values=tuple(n / 9 - 1 for n in range(18))),
        "mistakes": (
            Mistake(label=4, predicted=9, probability=0.998, size=(28, 28),
                    pixels=base64.b64encode(digit).decode()),
        ),
        "parameters_sha256": "899e73e26adcd17f" * 4,
        "flags": (Flag(name="large buffers", text="Its buffers hold 9,000,000 numbers."),),
        "notes": (Note(text="Normalise in `preprocess`: it learns faster."),),
        "accuracies": (0.9812, 0.9799),
        "measured": TrainingMeasured(
            budget_used=1.16, cpu_seconds=41.2, wall_seconds=46.0, reference_epoch_seconds=35.4,
            milliseconds_per_image=0.233, peak_bytes=96 << 20,
        ),
    }  # fmt: skip
    return TrainingResult(**{**defaults, **members})


def trained(**members: object) -> Attempt:
    """The capstone, as staff see it."""
    rungs = [
        make_test("mnist", "accuracy", f"rung_{n}", f"It recognises {wanted} of unseen images.",
                  verdict=Verdict.PASSED if n < 3 else Verdict.FAILED,
                  sentence="" if n < 3 else f"It recognises 98.12%, wanted {wanted}.")
        for n, wanted in enumerate(("95.00%", "96.75%", "98.10%", "98.50%"))
    ]  # fmt: skip
    exercise = make_exercise(
        "mnist", "A network for handwritten digits", [make_function("accuracy", 6, rungs)],
        training=make_training(**members),
    )  # fmt: skip
    return make_attempt("Trained Model", [exercise], audience=Audience.STAFF)


PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'><svg/onload=alert(3)>",
    "javascript:alert(4)",
    "</style></script></pre><iframe srcdoc='<script>alert(5)</script>'>",
    "{{ 7 * 7 }}{% raw %}{# x #}",
    "<a href='javascript:alert(6)'>x</a><meta http-equiv=refresh content='0;url=https://e.test'>",
    "]]><!--<math><mtext></p><style>@import 'https://e.test/a.css';</style>",
    "\x1b[31mred\x1b[0m\x1b]8;;https://e.test\x07link\x1b\\ \u202eevil\u2066 \x00 \ud800",
    "<x onclick=alert(7) style='position:fixed;inset:0;background:url(https://e.test/b)'>",
)


def hostile(payload: str) -> Attempt:
    """`payload` in every member that holds text."""
    text = Described(text=payload)
    array = Described(text=payload, array=Array(dtype=payload, shape=(2,), values=(payload, 1.0)))
    mismatch = Mismatch(
        facet=Facet.VALUE, sentence=payload, call=payload, arguments=(text, array),
        expected=array, got=text, at=(0,), snippet=payload, line=1, path=payload,
    )  # fmt: skip
    note = Note(text=payload, path=payload, line=1)
    tests = [
        make_test(
            payload, payload, payload, payload, tier, verdict, states=payload, sentence=payload,
            hint=payload, misconception=payload, notes=(note,), mismatch=mismatch,
        )
        for tier in Tier
        for verdict in (Verdict.PASSED, Verdict.FAILED, Verdict.ERROR, Verdict.SKIPPED)
    ]  # fmt: skip
    function = make_function(
        payload, 4, tests, path=payload, line=1, nearest=payload, sentence=payload, hint=payload,
        notes=(note,), requires=(payload,), right_when=(payload,),
    )  # fmt: skip
    missing = dataclasses.replace(function, state=FunctionState.MISSING, sentence="")
    exercise = make_exercise(
        payload, payload, [function, missing], concept=payload, notes=(note,),
        training=_hostile_training(payload, note),
        sources=(
            Source(path=payload, text=f"{payload}\n# {payload}\nx = '{payload}'"),
            Source(path=payload, cell=1, kind="markdown", text=payload, output=payload),
        ),
    )  # fmt: skip
    past = PastAttempt(
        number=1, points=Fraction(1), max_points=Fraction(2), failing=(payload,), handed_in=payload
    )
    return make_attempt(
        payload, [exercise], course=payload, assignment=payload, reference=payload, notes=(note,),
        history=(past,),
        submission=SubmissionInfo(name=payload, sha256=payload, files=(payload,)),
        provenance=Provenance(
            grader=payload, python=payload, torch=payload, machine=payload, device=payload,
            isolation=Isolation.PROCESS,
        ),
    )  # fmt: skip


def _hostile_training(payload: str, note: Note) -> TrainingResult:
    return make_training(
        data=payload, classes=(payload,) * 10, device=payload, contract=payload,
        optimizer=payload, notes=(note,), flags=(Flag(name=payload, text=payload),),
        curve=(CurvePoint(step=1, epoch=0.0, loss=payload),
               CurvePoint(step=2, epoch=0.5, loss=1.0), CurvePoint(step=3, epoch=1.0, loss=0.5)),
        layers=(LayerReport(name=payload, shape=(1,), gradient_norm=payload,
                            update_ratio=payload),),
        filters=Array(dtype=payload, shape=(1, 1, 2, 2), values=(payload,) * 4),
        mistakes=(Mistake(label=0, predicted=1, probability=payload, size=(28, 28),
                          pixels=payload),),
        parameters_sha256=payload,
        measured=TrainingMeasured(budget_used=payload),
    )  # fmt: skip


MARKDOWN = (
    "[x](javascript:alert(1))",
    "[x](https://e.test)",
    "![x](https://e.test/a.png)",
    "<https://e.test>",
    "[x]: https://e.test\n\n[x]",
    "```<script>\nalert(1)\n```",
    '# a {onclick="alert(1)"}',
    "<!-- <script>alert(1)</script> -->",
    "<p class=x style=y>a</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<svg/onload=alert(1)>\n\n<iframe srcdoc='<script>alert(2)</script>'></iframe>",
    "x" * 500,
)


def marked_down() -> Attempt:
    """A notebook of hostile texts, each as Markdown and as what a cell printed."""
    texts = (*PAYLOADS, *MARKDOWN)
    sources = [Source(path="odd.ipynb", kind="markdown", text=text) for text in texts]
    sources += [
        Source(path="odd.ipynb", cell=number, text="f()", output=f"{text}\n" * 20)
        for number, text in enumerate(texts, 1)
    ]
    return make_attempt("Odd", [make_exercise("relu", "ReLU", [_relu()], sources=tuple(sources))])


def many(tests: int) -> Attempt:
    """`tests` tests over functions of ten, a third of them failing for reasons of their own."""
    functions = []
    for number in range(max(1, tests // 10)):
        name = f"function_{number}"
        made = []
        for n in range(min(10, tests)):
            failed = n % 3 == 1
            mismatch = Mismatch(
                facet=Facet.VALUE,
                sentence=f"{n + 1} of 6 values are wrong.",
                call=f"{name}(x, kernel_size={n})",
                expected=described([[1.5, 2.25, float(n)], [4.0, 5.0, 6.0]]),
                got=described([[1.5, 2.0, 0.5], [4.0, 5.0, 6.0]]),
                at=(0, 1),
                failing=n + 1,
                total=50,
                snippet=f"import torch\nfrom many import {name}\n\n"
                f"print({name}(torch.ones(3), kernel_size={n}))",
                line=3 + n,
            )
            made.append(
                make_test(
                    "many", name, f"test_claim_{n}", f"Claim {n} about what the function returns",
                    list(Tier)[n % 3], Verdict.FAILED if failed else Verdict.PASSED,
                    states="The result has the shape of the input." if n % 2 else "",
                    mismatch=mismatch if failed else None,
                    hint=f"Your result matches misconception {n}. Check the argument." if n == 4
                    else "",
                )
            )  # fmt: skip
        functions.append(make_function(name, 5, made, path="many.py", line=3))
    text = "\n\n".join(SIZES.split("\n\n") * 2)
    exercise = make_exercise(
        "many", "Many tests", functions, sources=(Source(path="many.py", text=text),)
    )
    return make_attempt("Many Tests", [exercise])


ATTEMPTS = {
    "partial": partial,
    "perfect": perfect,
    "windows": windows,
    "verdicts": verdicts,
    "void": void,
    "filtered": filtered,
    "notebook": notebook,
    "trained": trained,
}
