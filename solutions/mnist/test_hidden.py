"""Hidden tests of mnist: a few steps of small models, whose state afterwards is compared."""

import torch

from grader.runner import case, recipe, tier

CLOSE = {"rtol": 1e-4, "atol": 1e-5}


def images_of(count, height, width, start=0):
    """Fixed numbers in [0, 1] in some disorder."""
    numbers = (torch.arange(count * height * width) * 37 + 11 * start) % 101 / 100
    return numbers.reshape(count, 1, height, width)


def labels_of(count, classes, start=0):
    return (torch.arange(count) * 3 + start) % classes


def linear(height, width, classes, **options):
    layers = [
        recipe("flatten"),
        recipe("linear", in_features=height * width, out_features=classes, seed=classes),
        recipe("log_softmax", dim=1),
    ]
    return recipe("sequential", layers=layers, shared="model", **options)


def convolution(height, width, classes):
    """With batch normalisation, whose running statistics tell the mode of each step.

    Without a bias before it: its gradient is 0 but for rounding, and Adam makes steps of that.
    """
    layers = [
        recipe(
            "conv2d", in_channels=1, out_channels=3, kernel_size=3, padding=1, bias=False, seed=1
        ),
        recipe("batch_norm2d", num_features=3),
        recipe("relu"),
        recipe("flatten"),
        recipe("linear", in_features=3 * height * width, out_features=classes, seed=2),
        recipe("log_softmax", dim=1),
    ]
    return recipe("sequential", layers=layers, shared="model")


def batches(sizes, height, width, classes):
    parts = [
        (images_of(size, height, width, number), labels_of(size, classes, number))
        for number, size in enumerate(sizes)
    ]
    return parts


def steps(model, sizes, height, width, classes, training=True, kind="sgd", **options):
    """One training of a few steps."""
    made = model(height, width, classes)
    options.setdefault("lr", 0.5 if kind == "sgd" else 0.05)
    optimizer = recipe(kind, model=made, **options)
    return case(made, optimizer, batches(sizes, height, width, classes), training)


ONE_STEP = [
    steps(linear, [1], 1, 2, 2),
    steps(linear, [2], 2, 2, 3),
    steps(linear, [5], 3, 2, 4),
    steps(linear, [7], 4, 5, 10),
]
SEVERAL_STEPS = [
    steps(linear, [1, 1], 1, 2, 2),
    steps(linear, [3, 2], 2, 2, 3),
    steps(linear, [4, 4, 3], 3, 2, 4),
    steps(linear, [6, 5, 6, 2], 4, 5, 10),
]
OTHER_OPTIMIZERS = [
    steps(linear, [3, 2, 3], 2, 2, 3, momentum=0.9),
    steps(linear, [4, 4, 2], 3, 2, 4, kind="adam"),
    steps(linear, [5, 3, 5], 2, 3, 5, weight_decay=0.1),
    steps(convolution, [4, 5], 3, 4, 4, kind="adam"),
]
FROM_EVAL_MODE = [
    steps(convolution, [3], 2, 3, 3, training=False),
    steps(convolution, [4, 2], 3, 4, 4, training=False),
    steps(convolution, [5, 4, 3], 4, 3, 5, training=False, momentum=0.5),
]

DIRECT = [case(made.arguments[0], made.arguments[1], *made.arguments[2][0]) for made in ONE_STEP]


@tier("basic", of="train_step")
def test_one_step(submission, oracle):
    """It returns the batch's mean loss before the step and moves the parameters by one step."""
    submission.train_step.inside("steps").agrees_with(oracle.train_step, ONE_STEP, **CLOSE)


@tier("basic", of="train_step", weight=2)
def test_each_step_begins_afresh(submission, oracle):
    """Gradients of the step before have no influence on the next one."""
    submission.train_step.inside("steps").agrees_with(oracle.train_step, SEVERAL_STEPS, **CLOSE)


@tier("parameters", of="train_step")
def test_any_optimizer(submission, oracle):
    """Momentum, Adam and weight decay take the step that they define."""
    submission.train_step.inside("steps").agrees_with(oracle.train_step, OTHER_OPTIMIZERS, **CLOSE)


@tier("edge", of="train_step", states="the step is made in train mode")
def test_a_model_in_eval_mode(submission, oracle):
    """A model that comes in eval mode is trained in train mode."""
    submission.train_step.inside("steps").agrees_with(oracle.train_step, FROM_EVAL_MODE, **CLOSE)


@tier("edge", of="train_step", states="as a Python float")
def test_the_loss_is_a_float(submission, oracle):
    """The loss is a plain number, which keeps nothing of the batch in memory."""
    submission.train_step.type_agrees_with(oracle.train_step, DIRECT)


# evaluate


def evaluation(model, sizes, height, width, classes, training=False):
    made = model(height, width, classes)
    return case(made, batches(sizes, height, width, classes), training)


ONE_BATCH = [
    evaluation(linear, [1], 1, 2, 2),
    evaluation(linear, [3], 2, 2, 3),
    evaluation(linear, [8], 3, 2, 4),
    evaluation(linear, [30], 4, 5, 10),
]
EQUAL_BATCHES = [
    evaluation(linear, [2, 2], 2, 2, 3),
    evaluation(linear, [4, 4, 4], 3, 2, 4),
    evaluation(linear, [10, 10, 10, 10], 4, 5, 10),
]
UNEQUAL_BATCHES = [
    evaluation(linear, [3, 1], 2, 2, 3),
    evaluation(linear, [5, 5, 2], 3, 2, 4),
    evaluation(linear, [16, 16, 16, 3], 4, 5, 10),
]
IN_TRAIN_MODE = [
    evaluation(convolution, [3], 2, 3, 3, training=True),
    evaluation(convolution, [4, 3], 3, 4, 4, training=True),
    evaluation(convolution, [5, 5, 2], 4, 3, 5, training=True),
]
BOTH_MODES = IN_TRAIN_MODE + [evaluation(convolution, [3, 2], 2, 3, 3)]


@tier("basic", of="evaluate")
def test_one_batch(submission, oracle):
    """For one batch it returns the share of images whose largest output is at their label."""
    submission.evaluate.inside("evaluation").agrees_with(oracle.evaluate, ONE_BATCH, **CLOSE)


@tier("basic", of="evaluate")
def test_all_batches_count(submission, oracle):
    """The share is taken over the images of all batches."""
    submission.evaluate.inside("evaluation").agrees_with(oracle.evaluate, EQUAL_BATCHES, **CLOSE)


@tier("parameters", of="evaluate", states="The batches may differ in size")
def test_a_smaller_last_batch(submission, oracle):
    """Every image weighs the same, also in a last batch that is smaller."""
    submission.evaluate.inside("evaluation").agrees_with(oracle.evaluate, UNEQUAL_BATCHES, **CLOSE)


@tier("parameters", of="evaluate", states="The outputs are computed in eval mode")
def test_eval_mode(submission, oracle):
    """Dropout is off and batch normalisation keeps its statistics."""
    submission.evaluate.inside("evaluation").agrees_with(oracle.evaluate, IN_TRAIN_MODE, **CLOSE)


@tier("edge", of="evaluate", states="No gradients are computed")
def test_no_gradients(submission, oracle):
    """While the model computes, gradients are switched off."""
    submission.evaluate.inside("evaluation_gradients").agrees_with(oracle.evaluate, BOTH_MODES)


@tier("edge", of="evaluate", states="Afterwards the model is in the mode that it was in before")
def test_mode_is_restored(submission, oracle):
    """A model in train mode is in train mode afterwards, one in eval mode in eval mode."""
    submission.evaluate.inside("mode_afterwards").agrees_with(oracle.evaluate, BOTH_MODES)
