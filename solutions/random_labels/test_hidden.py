"""Hidden tests of random_labels: parts that do not come out even, other classes, other seeds.

The docstring fixes the order of the draws, so that results can be compared label by label. No case
lies halfway between two counts.
"""

import torch

from grader.runner import case, tier


def labels(size, classes=10):
    """Labels in no order, the same on every machine."""
    return torch.arange(size) * 7 % classes


PARTS = [
    case(labels(2), 0.0),
    case(labels(2), 1.0),
    case(labels(5), 1.0),
    case(labels(8), 0.5),
    case(labels(10), 0.3),
    case(labels(20), 0.75),
    case(labels(40), 0.1),
]
ROUNDED = [
    case(labels(3), 0.6),
    case(labels(7), 0.4),
    case(labels(11), 0.25),
    case(labels(29), 0.99),
    case(labels(100), 0.29),
    case(labels(100), 0.58),
    case(labels(64), 0.01),
]
OTHER_CLASSES = [
    case(labels(6, 2), 0.5, num_classes=2),
    case(labels(10, 3), 1.0, num_classes=3),
    case(labels(30), 0.5, num_classes=100),
    case(labels(25, 4), 0.8, num_classes=7),
    case(torch.zeros(16, dtype=torch.int64), 1.0, num_classes=5),
    case(torch.full((9,), 6), 1.0, num_classes=4),
]
OTHER_SEEDS = [
    case(labels(6), 0.5, seed=1),
    case(labels(6), 0.5, seed=2),
    case(labels(20), 0.25, seed=12345),
    case(labels(15, 3), 0.6, num_classes=3, seed=7),
]
NOT_A_FRACTION = [
    case(labels(10), 1.5),
    case(labels(10), -0.2),
    case(labels(10), 50.0),
    case(labels(10), 1.01, num_classes=4, seed=3),
]


def any_call(draw):
    """A random part of random labels, with other classes and another seed."""
    size = draw.randint(2, 60)
    count = draw.randint(0, size)
    frac = min(1.0, max(0.0, (count + draw.choice((0.0, 0.3, -0.3))) / size))
    classes = draw.randint(2, 30)
    y = draw.integers(size, high=classes)
    return case(y, frac, num_classes=classes, seed=draw.randrange(1000))


@tier("basic", of="randomise_labels")
def test_part_of_the_labels_is_replaced(submission, oracle):
    """A part of the labels, at random places, is replaced by random ones; the others stay."""
    submission.randomise_labels.agrees_with(oracle.randomise_labels, PARTS)


@tier("basic", of="randomise_labels", states="The count is rounded to the nearest whole number.")
def test_count_is_rounded(submission, oracle):
    """The number of replaced labels is frac * N, rounded to the nearest whole number."""
    submission.randomise_labels.agrees_with(oracle.randomise_labels, ROUNDED)


@tier(
    "parameters",
    of="randomise_labels",
    states="labels are drawn from 0 to num_classes - 1, whatever labels y holds",
)
def test_other_classes(submission, oracle):
    """The new labels are drawn from num_classes classes, the right one included."""
    submission.randomise_labels.agrees_with(oracle.randomise_labels, OTHER_CLASSES)


@tier("parameters", of="randomise_labels", states="the same seed gives the same labels")
def test_other_seeds(submission, oracle, cases):
    """The seed decides which labels are drawn, and where."""
    submission.randomise_labels.agrees_with(
        oracle.randomise_labels, OTHER_SEEDS + cases.random(25, any_call)
    )


@tier("edge", of="randomise_labels", states="A new tensor, shape [N], int64.")
def test_labels_stay_whole_numbers(submission, oracle):
    """The result is an int64 tensor, as a loss wants it."""
    submission.randomise_labels.type_agrees_with(oracle.randomise_labels, PARTS)


@tier("edge", of="randomise_labels", states="The input y is not changed.")
def test_the_true_labels_survive(submission):
    """After the call, y holds the true labels as before."""
    submission.randomise_labels.leaves_arguments_alone(PARTS[1:] + OTHER_CLASSES)


@tier("edge", of="randomise_labels", states="ValueError: if frac is below 0 or above 1.")
def test_frac_outside_of_its_range(submission):
    """A part of less than nothing, or of more than all, is an error."""
    submission.randomise_labels.rejects(NOT_A_FRACTION)


@tier("edge", of="randomise_labels", states="The global generators are left alone")
def test_the_global_generators_stay(submission, oracle):
    """The next random numbers of others are the same with and without the call."""
    labels = submission.randomise_labels.inside("generators_afterwards")
    labels.agrees_with(oracle.randomise_labels, PARTS + OTHER_SEEDS)
