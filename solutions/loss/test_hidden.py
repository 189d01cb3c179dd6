"""Hidden tests of loss: rows far apart, scores of ±1000, every axis, and labels that do not fit."""

import torch

from grader.runner import case, tier


def spread(*shape):
    """Numbers from -2 to 2 in no order, the same on every machine."""
    count = torch.Size(shape).numel()
    return (torch.arange(count) * 37 % 101 / 25 - 2).reshape(shape)


# softmax and log_softmax take the same calls

# The square ones fit without an error where a sum lost its axis.
SCORES = [
    case(torch.tensor([0.0])),
    case(torch.tensor([0.0, 1.0])),
    case(torch.tensor([[0.0, 1.0], [2.0, 5.0]])),
    case(torch.tensor([[0.5, -1.0, 2.0]])),
    case(torch.tensor([[1.0], [-3.0]])),
    case(torch.tensor([[0.0, 1.0, 3.0], [2.0, 2.0, 2.0], [-1.0, 0.0, 4.0]])),
    case(spread(4, 4)),
    case(spread(2, 5)),
    case(spread(7, 3)),
]
DEFAULT_AXIS_IN_3D = [
    case(spread(2, 2, 2)),
    case(spread(2, 3, 4)),
    case(spread(4, 2, 3)),
    case(spread(3, 1, 2, 5)),
]
EVERY_AXIS = [
    case(spread(2, 3), dim=0),
    case(spread(3, 5), dim=0),
    case(spread(3, 2), dim=-2),
    case(spread(2, 3), dim=1),
    case(spread(2, 3, 4), dim=0),
    case(spread(2, 3, 4), dim=1),
    case(spread(4, 2, 3), dim=-2),
    case(spread(3, 4, 2), dim=-3),
    case(spread(2, 5, 3), dim=2),
]
LARGE_SCORES = [
    case(torch.tensor([0.0, 100.0])),
    case(torch.tensor([1000.0, 1001.0])),
    case(torch.tensor([[-1000.0, -1000.0, -1001.0]])),
    case(torch.tensor([-100.0, -101.0, -100.5])),
    case(torch.tensor([[-98.0, -99.0], [-99.5, -99.0]])),
    case(torch.tensor([[-100.0, -99.0, -101.0], [-99.0, -99.0, -98.0]])),
    case(torch.tensor([[-97.0, -98.5, -99.0, -97.0]])),
    case(torch.tensor([0.0, 0.0, 0.0, 0.0, 0.0, 400.0])),
    case(torch.tensor([[1000.0, -1000.0], [-1000.0, 999.0], [1000.0, 999.0]])),
    case(torch.tensor([[60.0, 59.0, 61.0], [-60.0, -59.0, -61.0]])),
]
ROWS_FAR_APART = [
    case(torch.tensor([[0.0, 1.0], [-99.0, -98.0]])),
    case(torch.tensor([[0.0, 1.0, -1.0], [-98.0, -97.0, -99.0]])),
    case(torch.tensor([[-97.0, -98.0, -96.5, -97.0], [1.0, 2.0, 3.0, 0.0]])),
    case(torch.tensor([[0.0, 1.0], [800.0, 801.0]])),
    case(torch.tensor([[0.0, 1.0, 2.0], [-500.0, -501.0, -502.0], [500.0, 500.0, 502.0]])),
]
FLOAT64_SCORES = [case(spread(2, 3).double()), case(spread(4, 2, 3).double(), dim=1)]
TRANSPOSED_SCORES = [
    case(spread(5, 2).T),
    case(spread(2, 4, 3).transpose(1, 2)),
    case(spread(3, 8)[:, ::2], dim=0),
]


def scores_2d(draw):
    """A batch of scores [N, C]."""
    return case(draw.normal(*draw.shape(2, 1, 8), scale=3.0))


def scores_along_an_axis(draw):
    """Scores with three or four axes, all of different length, and any axis."""
    shape = draw.shape(draw.choice([3, 4]), 1, 6)
    return case(draw.normal(*shape, scale=3.0), dim=draw.randrange(-len(shape), len(shape)))


def large_scores(draw):
    """Scores between -1000 and 1000."""
    return case(draw.uniform(*draw.shape(2, 2, 7), low=-1000.0, high=1000.0))


def largest_of_slice(x, dim=-1):
    """The largest score that each element depends on: that of its slice along dim.

    For softmax too: exp(x - logsumexp(x)) is right, and 1000 - 999.7 has lost some digits.
    """
    return x.abs().amax(dim=dim, keepdim=True)


# softmax


@tier("basic", of="softmax")
def test_softmax_of_rows(submission, oracle, cases):
    """Each row of scores becomes a row of probabilities: exp(x) divided by its sum."""
    submission.softmax.agrees_with(oracle.softmax, SCORES + cases.random(20, scores_2d))


@tier("parameters", of="softmax", states="the default is the last axis")
def test_softmax_default_axis(submission, oracle):
    """Without dim, the last axis sums to 1, also with three or four axes."""
    submission.softmax.agrees_with(oracle.softmax, DEFAULT_AXIS_IN_3D)


@tier("parameters", of="softmax", states="It may be negative, counted from the end")
def test_softmax_along_any_axis(submission, oracle, cases):
    """The axis dim sums to 1, whichever it is."""
    submission.softmax.agrees_with(
        oracle.softmax, EVERY_AXIS + cases.random(20, scores_along_an_axis)
    )


@tier("parameters", of="softmax", states="give the right probabilities, not nan or inf")
def test_softmax_of_large_scores(submission, oracle, cases):
    """Scores from -1000 to 1000 give finite, right probabilities."""
    submission.softmax.agrees_with(
        oracle.softmax,
        LARGE_SCORES + cases.random(15, large_scores),
        magnitude=largest_of_slice,
    )


@tier("parameters", of="softmax", states="so rows that are far apart do not disturb each other")
def test_softmax_of_rows_far_apart(submission, oracle):
    """A row of small scores beside a row of large ones keeps its probabilities."""
    submission.softmax.agrees_with(oracle.softmax, ROWS_FAR_APART, magnitude=largest_of_slice)


@tier("edge", of="softmax", states="The dtype of x is kept")
def test_softmax_keeps_the_dtype(submission, oracle):
    """Scores in float64 give probabilities in float64."""
    submission.softmax.type_agrees_with(oracle.softmax, FLOAT64_SCORES)


@tier("edge", of="softmax", states="The gradient reaches x")
def test_gradient_of_softmax(submission, oracle):
    """The gradient flows back through the probabilities to the scores."""
    submission.softmax.gradient_agrees_with(oracle.softmax, SCORES[1:] + EVERY_AXIS)


@tier("edge", of="softmax", states="The input x is not changed")
def test_softmax_leaves_its_input_alone(submission):
    """After the call, x holds the same scores as before."""
    submission.softmax.leaves_arguments_alone(SCORES + LARGE_SCORES)


@tier("edge", of="softmax", states="It works for any memory layout, for example after a transpose")
def test_softmax_of_transposed_scores(submission, oracle):
    """The result does not depend on how the scores lie in memory."""
    submission.softmax.agrees_with(oracle.softmax, TRANSPOSED_SCORES)


# log_softmax

# A gap of 100 leaves softmax a few bits of a tiny number, a gap of 200 leaves it 0.
GAPS = [
    case(torch.tensor([0.0, 30.0])),
    case(torch.tensor([0.0, 100.0])),
    case(torch.tensor([[0.0, 98.0, 1.0], [96.0, 0.0, -1.0]])),
    case(torch.tensor([[0.0, 97.0], [99.0, 0.0]])),
    case(torch.tensor([[1.0, 100.0, 2.0, 99.0]])),
    case(torch.tensor([0.0, 200.0])),
    case(torch.tensor([[0.0, -200.0, 1.0], [500.0, 0.0, 499.0]])),
]


@tier("basic", of="log_softmax")
def test_log_softmax_of_rows(submission, oracle, cases):
    """Each row of scores becomes the logarithms of its probabilities."""
    submission.log_softmax.agrees_with(
        oracle.log_softmax,
        SCORES + cases.random(20, scores_2d),
        magnitude=largest_of_slice,
    )


@tier("parameters", of="log_softmax", states="the default is the last axis")
def test_log_softmax_default_axis(submission, oracle):
    """Without dim, the last axis is normalised, also with three or four axes."""
    submission.log_softmax.agrees_with(
        oracle.log_softmax, DEFAULT_AXIS_IN_3D, magnitude=largest_of_slice
    )


@tier("parameters", of="log_softmax", states="It may be negative, counted from the end")
def test_log_softmax_along_any_axis(submission, oracle, cases):
    """The axis dim is normalised, whichever it is."""
    submission.log_softmax.agrees_with(
        oracle.log_softmax,
        EVERY_AXIS + cases.random(20, scores_along_an_axis),
        magnitude=largest_of_slice,
    )


@tier(
    "parameters",
    of="log_softmax",
    states="a score that lies 200 below the largest gives -200, not -inf",
)
def test_log_softmax_keeps_wide_gaps(submission, oracle):
    """A class that lies far below the largest keeps its exact log-probability."""
    submission.log_softmax.agrees_with(oracle.log_softmax, GAPS, magnitude=largest_of_slice)


@tier("parameters", of="log_softmax", states="give finite results")
def test_log_softmax_of_large_scores(submission, oracle, cases):
    """Scores from -1000 to 1000, and rows far apart, give finite, right results."""
    submission.log_softmax.agrees_with(
        oracle.log_softmax,
        LARGE_SCORES + ROWS_FAR_APART + cases.random(15, large_scores),
        magnitude=largest_of_slice,
    )


@tier("edge", of="log_softmax", states="The dtype of x is kept")
def test_log_softmax_keeps_the_dtype(submission, oracle):
    """Scores in float64 give log-probabilities in float64."""
    submission.log_softmax.type_agrees_with(oracle.log_softmax, FLOAT64_SCORES)


@tier("edge", of="log_softmax", states="The gradient reaches x")
def test_gradient_of_log_softmax(submission, oracle):
    """The gradient flows back through the log-probabilities to the scores."""
    submission.log_softmax.gradient_agrees_with(oracle.log_softmax, SCORES[1:] + EVERY_AXIS)


@tier("edge", of="log_softmax", states="The input x is not changed")
def test_log_softmax_leaves_its_input_alone(submission):
    """After the call, x holds the same scores as before."""
    submission.log_softmax.leaves_arguments_alone(SCORES + LARGE_SCORES)


@tier(
    "edge", of="log_softmax", states="It works for any memory layout, for example after a transpose"
)
def test_log_softmax_of_transposed_scores(submission, oracle):
    """The result does not depend on how the scores lie in memory."""
    submission.log_softmax.agrees_with(
        oracle.log_softmax, TRANSPOSED_SCORES, magnitude=largest_of_slice
    )


# nll_loss and cross_entropy take the same labels


def labels(*numbers):
    """Labels as torch has them."""
    return torch.tensor(numbers)


def fixed_labels(count, classes):
    """Labels in no order, the same on every machine."""
    return torch.arange(count) * 7 % classes


def reach(rows, target, reduction="mean"):
    """The largest finite number that a loss depends on; for a sum, of all samples together."""
    sizes = torch.where(rows.isfinite(), rows.abs(), 0.0).amax(dim=1)
    if reduction == "none":
        return sizes
    return sizes.sum() if reduction == "sum" else sizes.max()


BELOW_ZERO = [
    case(spread(1, 2), labels(-1)),
    case(spread(3, 4), labels(0, -1, 2)),
    case(spread(2, 3), labels(-2, -1), reduction="sum"),
]
TOO_LARGE = [
    case(spread(1, 2), labels(2)),
    case(spread(3, 4), labels(0, 4, 2)),
    case(spread(2, 3), labels(1, 7), reduction="none"),
]
LENGTHS_DIFFER = [
    case(spread(3, 4), labels(1, 2)),
    case(spread(3, 4), labels(1)),
    case(spread(2, 5), labels(0, 1, 2)),
    case(spread(4, 2), labels(0, 1, 1), reduction="none"),
]

# nll_loss

# Rows as any numbers: on normalised rows a second log_softmax would go unnoticed. In the square
# ones, labels fit as one-hot columns without an error.
LOG_PROBS = [
    case(torch.tensor([[-0.5]]), labels(0)),
    case(torch.tensor([[-0.5, -2.0]]), labels(1)),
    case(torch.tensor([[-0.25, -1.0], [-3.0, -0.5]]), labels(0, 0)),
    case(torch.tensor([[0.25, 1.0, 0.5]]), labels(2)),
    case(torch.tensor([[0.5, 2.0], [3.0, 0.25], [1.0, 4.0]]), labels(1, 1, 0)),
    case(spread(3, 3), labels(2, 0, 1)),
    case(spread(4, 4), labels(1, 1, 3, 0)),
    case(spread(2, 5), labels(4, 3)),
    case(spread(6, 3), labels(2, 0, 2, 1, 1, 0)),
    case(spread(3, 4).exp(), labels(3, 0, 2)),
    case(spread(5, 2).exp(), labels(1, 0, 0, 1, 1)),
]
REDUCTIONS = [
    case(rows, fixed_labels(*rows.shape), reduction=reduction)
    for rows in (spread(2, 2), spread(3, 3).exp(), spread(3, 5), spread(5, 2))
    for reduction in ("sum", "none", "mean")
]
LARGE_LOG_PROBS = [
    case(torch.tensor([[-1000.0, 0.0], [0.0, -1000.0]]), labels(0, 0)),
    case(torch.tensor([[-1000.0, 1000.0, -3.0]]), labels(1)),
    case(500 * spread(4, 3), labels(0, 2, 1, 0)),
    case(500 * spread(2, 5), labels(3, 1), reduction="sum"),
]
IMPOSSIBLE_CLASS = [
    case(torch.tensor([[0.0, -torch.inf]]), labels(0)),
    case(torch.tensor([[-torch.inf, -0.5, -1.0], [-0.25, -torch.inf, -2.0]]), labels(2, 0)),
    case(torch.tensor([[-0.5, -torch.inf], [-torch.inf, -1.0]]), labels(0, 1), reduction="sum"),
]
NLL_TYPES = [
    case(spread(3, 4), labels(1, 3, 0)),
    case(spread(2, 3).double(), labels(1, 2)),
    case(spread(2, 3).double(), labels(1, 2), reduction="none"),
]
TRANSPOSED_ROWS = [
    case(spread(5, 2).T, labels(3, 1)),
    case(spread(3, 8)[:, ::2], labels(0, 2, 3)),
    case(spread(4, 3).T, labels(0, 3, 1), reduction="none"),
]


def log_probs_and_target(draw):
    """Rows that are not normalised, with any reduction."""
    count, classes = draw.shape(2, 2, 9)
    rows = draw.normal(count, classes, scale=2.0) - 1
    target = draw.integers(count, high=classes)
    return case(rows, target, reduction=draw.choice(["mean", "sum", "none"]))


def mean_of_log_probs(draw):
    """Rows that are not normalised, with the default reduction."""
    count, classes = draw.shape(2, 2, 9)
    return case(draw.normal(count, classes, scale=2.0) - 1, draw.integers(count, high=classes))


@tier("basic", of="nll_loss")
def test_nll_loss_averages_over_the_batch(submission, oracle, cases):
    """The loss is minus the log-probability of the right class, averaged over the samples."""
    submission.nll_loss.agrees_with(
        oracle.nll_loss, LOG_PROBS + cases.random(20, mean_of_log_probs), magnitude=reach
    )


@tier("parameters", of="nll_loss")
def test_nll_loss_reductions(submission, oracle, cases):
    """The reductions "sum" and "none" give the sum and the loss of each sample."""
    submission.nll_loss.agrees_with(
        oracle.nll_loss, REDUCTIONS + cases.random(15, log_probs_and_target), magnitude=reach
    )


@tier("parameters", of="nll_loss", states="as any numbers, are treated by the same formula")
def test_nll_loss_of_large_numbers(submission, oracle):
    """Log-probabilities of -1000, and rows that are not normalised, follow the same formula."""
    submission.nll_loss.agrees_with(oracle.nll_loss, LARGE_LOG_PROBS, magnitude=reach)


@tier(
    "edge",
    of="nll_loss",
    states="A log-probability of -inf at a class that is not the target changes nothing",
)
def test_nll_loss_beside_an_impossible_class(submission, oracle):
    """-inf at another class than the target does not turn the loss into nan."""
    submission.nll_loss.agrees_with(oracle.nll_loss, IMPOSSIBLE_CLASS, magnitude=reach)


@tier("edge", of="nll_loss", states='A tensor without axes for "mean" and "sum"')
def test_nll_loss_returns_a_tensor(submission, oracle):
    """The loss is a tensor in the dtype of log_probs, not a Python number."""
    submission.nll_loss.type_agrees_with(oracle.nll_loss, NLL_TYPES)


@tier("edge", of="nll_loss", states="The gradient reaches log_probs")
def test_gradient_of_nll_loss(submission, oracle):
    """The gradient flows back to the log-probability of each right class."""
    submission.nll_loss.gradient_agrees_with(oracle.nll_loss, LOG_PROBS + REDUCTIONS)


@tier("edge", of="nll_loss", states="It works for any memory layout, for example after a transpose")
def test_nll_loss_of_transposed_rows(submission, oracle):
    """The loss does not depend on how the rows lie in memory."""
    submission.nll_loss.agrees_with(oracle.nll_loss, TRANSPOSED_ROWS, magnitude=reach)


@tier("edge", of="nll_loss", states="IndexError: a label is below 0.")
def test_nll_loss_label_below_zero(submission):
    """A label of -1 is an error, not the last class."""
    submission.nll_loss.rejects(BELOW_ZERO, documented=IndexError)


@tier("edge", of="nll_loss", states="IndexError: a label is C or more.")
def test_nll_loss_label_too_large(submission):
    """A label of C or more is an error."""
    submission.nll_loss.rejects(TOO_LARGE, documented=IndexError)


@tier("edge", of="nll_loss", states="ValueError: log_probs and target differ in length.")
def test_nll_loss_lengths_differ(submission):
    """Three rows and two labels are an error."""
    submission.nll_loss.rejects(LENGTHS_DIFFER, documented=ValueError)


# cross_entropy

RAW_SCORES = [
    case(torch.zeros(1, 2), labels(0)),
    case(torch.tensor([[1.5]]), labels(0)),
    case(torch.tensor([[2.0, 1.0, 0.1]]), labels(0)),
    case(torch.tensor([[0.0, 1.0], [2.0, 0.5]]), labels(1, 1)),
    case(torch.tensor([[0.5, 2.0], [3.0, 0.25], [1.0, 4.0]]), labels(1, 1, 0)),
    case(spread(3, 3), labels(2, 0, 1)),
    case(spread(4, 4), labels(1, 1, 3, 0)),
    case(spread(2, 5), labels(4, 3)),
    case(spread(6, 3), labels(2, 0, 2, 1, 1, 0)),
]
# A gap of 30 is where a clipped probability stops, 100 where softmax has a few bits left.
CONFIDENT = [
    case(torch.tensor([[0.0, 30.0]]), labels(0)),
    case(torch.tensor([[25.0, 0.0, 1.0], [0.0, 40.0, 3.0]]), labels(1, 0)),
    case(torch.tensor([[0.0, 20.0, 0.0, -20.0]]), labels(3)),
    case(torch.tensor([[98.0, 0.0]]), labels(1)),
    case(torch.tensor([[0.0, 96.0], [0.0, 99.0]]), labels(0, 0)),
    case(torch.tensor([[98.5, 1.0, 0.0], [99.5, 2.0, 1.0], [0.0, 95.0, 7.0]]), labels(2, 2, 0)),
    case(torch.tensor([[0.0, 97.0, 1.0], [99.0, 0.0, 2.0]]), labels(0, 1)),
    case(torch.tensor([[100.0, 3.0, 1.0, 99.0]]), labels(2)),
    case(torch.tensor([[1000.0, 0.0]]), labels(1)),
    case(torch.tensor([[200.0, 0.0], [-1000.0, 1000.0], [1000.0, 999.0]]), labels(1, 0, 0)),
]
SHIFTED = [
    case(torch.tensor([[-100.0, -99.0]]), labels(1)),
    case(torch.tensor([[-98.0, -97.0, -99.0], [-100.0, -98.0, -98.0]]), labels(2, 0)),
    case(torch.tensor([[-97.0, -98.5, -99.0, -97.0]]), labels(2)),
    case(torch.tensor([[0.0, 1.0], [-98.0, -97.5]]), labels(0, 1)),
    case(torch.tensor([[-99.0, -98.0, -98.5], [1.0, 0.0, -1.0]]), labels(2, 0)),
    case(torch.tensor([[0.0, 2.0, 1.0, 0.5], [-96.0, -97.0, -95.5, -97.0]]), labels(3, 2)),
    case(torch.tensor([[1000.0, 1001.0], [-1000.0, -1001.0], [0.0, 1.0]]), labels(0, 1, 1)),
]
SCORE_REDUCTIONS = [
    case(rows, fixed_labels(*rows.shape), reduction=reduction)
    for rows in (spread(2, 2), spread(3, 5), spread(5, 2), 100 * spread(2, 3))
    for reduction in ("sum", "none", "mean")
]
LOSS_TYPES = [
    case(spread(3, 4), labels(1, 3, 0)),
    case(spread(2, 3).double(), labels(1, 2)),
    case(spread(2, 3).double(), labels(1, 2), reduction="none"),
]


def scores_and_target(draw):
    """Raw scores with the default reduction."""
    count, classes = draw.shape(2, 2, 9)
    return case(draw.normal(count, classes, scale=3.0), draw.integers(count, high=classes))


def large_scores_and_target(draw):
    """Scores between -1000 and 1000, so that most samples are confident mistakes."""
    count, classes = draw.shape(2, 2, 7)
    scores = draw.uniform(count, classes, low=-1000.0, high=1000.0)
    return case(scores, draw.integers(count, high=classes))


@tier("basic", of="cross_entropy")
def test_cross_entropy_averages_over_the_batch(submission, oracle, cases):
    """The loss is minus the log-probability of the right class, averaged over the samples."""
    submission.cross_entropy.agrees_with(
        oracle.cross_entropy, RAW_SCORES + cases.random(25, scores_and_target), magnitude=reach
    )


@tier("parameters", of="cross_entropy", states="A confident mistake has a large, finite loss")
def test_cross_entropy_of_confident_mistakes(submission, oracle, cases):
    """The scores [[1000, 0]] with target 1 cost 1000, not inf."""
    submission.cross_entropy.agrees_with(
        oracle.cross_entropy,
        CONFIDENT + cases.random(15, large_scores_and_target),
        magnitude=reach,
    )


@tier("parameters", of="cross_entropy", states="any real numbers; no softmax before")
def test_cross_entropy_of_shifted_scores(submission, oracle):
    """Scores around -100 or 1000 have the loss of the same scores around 0."""
    submission.cross_entropy.agrees_with(oracle.cross_entropy, SHIFTED, magnitude=reach)


@tier("parameters", of="cross_entropy")
def test_cross_entropy_reductions(submission, oracle):
    """The reductions "sum" and "none" give the sum and the loss of each sample."""
    submission.cross_entropy.agrees_with(oracle.cross_entropy, SCORE_REDUCTIONS, magnitude=reach)


@tier("edge", of="cross_entropy", states='A tensor without axes for "mean" and "sum"')
def test_cross_entropy_returns_a_tensor(submission, oracle):
    """The loss is a tensor in the dtype of x, not a Python number."""
    submission.cross_entropy.type_agrees_with(oracle.cross_entropy, LOSS_TYPES)


@tier("edge", of="cross_entropy", states="The gradient reaches x")
def test_gradient_of_cross_entropy(submission, oracle):
    """The gradient is softmax minus one-hot, divided by the number of samples."""
    submission.cross_entropy.gradient_agrees_with(
        oracle.cross_entropy, RAW_SCORES + CONFIDENT[:3] + SCORE_REDUCTIONS
    )


@tier("edge", of="cross_entropy", states="IndexError: a label is below 0.")
def test_cross_entropy_label_below_zero(submission):
    """A label of -1 is an error, not the last class."""
    submission.cross_entropy.rejects(BELOW_ZERO, documented=IndexError)


@tier("edge", of="cross_entropy", states="IndexError: a label is C or more.")
def test_cross_entropy_label_too_large(submission):
    """A label of C or more is an error."""
    submission.cross_entropy.rejects(TOO_LARGE, documented=IndexError)


@tier("edge", of="cross_entropy", states="ValueError: x and target differ in length.")
def test_cross_entropy_lengths_differ(submission):
    """Three rows and two labels are an error."""
    submission.cross_entropy.rejects(LENGTHS_DIFFER, documented=ValueError)
