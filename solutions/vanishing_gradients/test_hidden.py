"""Hidden tests of vanishing_gradients: networks of every depth, and norms far below 1e-6.

The absolute tolerance is next to nothing, since a gradient of 1e-9 that comes out as 0 is the very
thing that the exercise is about. Float32 norms agree with float64 ones to about 1e-6 of them.
"""

import torch

from grader.runner import case, recipe, tier

CLOSE = {"rtol": 1e-4, "atol": 1e-13}


def dense(activation, *sizes, seed=0):
    """Linear layers with an activation between them."""
    layers = []
    for number, (before, after) in enumerate(zip(sizes, sizes[1:])):
        layers += [
            recipe("linear", in_features=before, out_features=after, seed=seed + number),
            recipe(activation),
        ]
    return recipe("sequential", layers=layers[:-1])


def convolutional(activation, channels, classes, seed=0):
    """Two convolutions and a linear layer on images of 5 x 4 pixels."""
    return recipe(
        "sequential",
        layers=[
            recipe("conv2d", in_channels=channels, out_channels=3, kernel_size=3, seed=seed),
            recipe(activation),
            recipe(
                "conv2d", in_channels=3, out_channels=2, kernel_size=2, padding=1, seed=seed + 1
            ),
            recipe(activation),
            recipe("flatten"),
            recipe("linear", in_features=24, out_features=classes, seed=seed + 2),
        ],
    )


def inputs(*shape):
    """Numbers between -1 and 1 in no order, the same on every machine."""
    count = torch.Size(shape).numel()
    return (torch.arange(count) * 37 % 101 / 50 - 1).reshape(shape)


def targets(count, classes):
    """Labels in no order, the same on every machine."""
    return torch.arange(count) * 5 % classes


SHALLOW = [
    case(dense("relu", 2, 2), inputs(1, 2), targets(1, 2)),
    case(dense("tanh", 3, 4), inputs(2, 3), targets(2, 4)),
    case(dense("tanh", 2, 3, 2), inputs(1, 2), targets(1, 2)),
    case(dense("relu", 4, 5, 3, seed=5), inputs(6, 4), targets(6, 3)),
    case(dense("sigmoid", 3, 5, 4, 2, seed=9), inputs(3, 3), targets(3, 2)),
    case(dense("tanh", 5, 4, 6, 3, seed=1), inputs(7, 5), targets(7, 3)),
]
IMAGES = [
    case(convolutional("tanh", 1, 3), inputs(2, 1, 5, 4), targets(2, 3)),
    case(convolutional("sigmoid", 2, 4, seed=3), inputs(3, 2, 5, 4), targets(3, 4)),
    case(convolutional("leaky_relu", 3, 2, seed=7), inputs(5, 3, 5, 4), targets(5, 2)),
]
NESTED = [
    case(
        recipe(
            "sequential",
            layers=[dense("tanh", 4, 3), recipe("tanh"), dense("tanh", 3, 5, 2, seed=4)],
        ),
        inputs(3, 4),
        targets(3, 2),
    ),
    case(
        recipe("sequential", layers=[dense("sigmoid", 2, 3, 3, seed=2), dense("relu", 3, 4)]),
        inputs(2, 2),
        targets(2, 4),
    ),
    case(
        recipe("sequential", layers=[recipe("flatten"), dense("leaky_relu", 6, 2, 3, seed=8)]),
        inputs(4, 2, 3),
        targets(4, 3),
    ),
]
TEN_LAYERS = [
    case(dense(activation, 5, *[6] * 9, 4, seed=20), inputs(8, 5), targets(8, 4))
    for activation in ("tanh", "leaky_relu", "sigmoid")
]
TEN_LAYERS += [case(dense("sigmoid", 3, *[4] * 9, 2, seed=40), inputs(5, 3), targets(5, 2))]


def any_network(draw):
    """Some layers of random sizes, with random labels."""
    sizes = [draw.randint(2, 6) for _ in range(draw.randint(2, 5))]
    count = draw.randint(1, 6)
    model = dense(draw.choice(("tanh", "sigmoid")), *sizes, seed=draw.randrange(1000))
    return case(model, draw.normal(count, sizes[0]), draw.integers(count, high=sizes[-1]))


@tier("basic", of="grad_norms")
def test_norms_of_a_few_layers(submission, oracle, cases):
    """One norm per layer, of the gradient of its weight, the first layer first."""
    submission.grad_norms.agrees_with(
        oracle.grad_norms, SHALLOW + cases.random(10, any_network), **CLOSE
    )


@tier("basic", of="grad_norms", states="One float for each nn.Linear and nn.Conv2d of the model")
def test_norms_of_convolutions(submission, oracle):
    """Convolutions count as layers too, in their place."""
    submission.grad_norms.agrees_with(oracle.grad_norms, IMAGES, **CLOSE)


@tier("parameters", of="grad_norms", states="in the order of model.modules()")
def test_norms_of_nested_models(submission, oracle):
    """Layers inside of other modules are found as well."""
    submission.grad_norms.agrees_with(oracle.grad_norms, NESTED, **CLOSE)


@tier("parameters", of="grad_norms", states="The norms are not rounded: one of 1e-9 must stay 1e-9")
def test_norms_of_ten_layers(submission, oracle):
    """Ten layers: with sigmoids the first norm is thousands of times smaller than the last."""
    submission.grad_norms.agrees_with(oracle.grad_norms, TEN_LAYERS, **CLOSE)


@tier("edge", of="grad_norms", states="They are Python floats, not tensors.")
def test_norms_are_floats(submission, oracle):
    """The result is plain numbers, cut off from the graph."""
    submission.grad_norms.type_agrees_with(oracle.grad_norms, SHALLOW)


@tier("edge", of="grad_norms", states="neither its weights nor their .grad change")
def test_the_model_keeps_its_gradients(submission, oracle):
    """Afterwards each parameter has the gradient that it had before, or none."""
    norms = submission.grad_norms.inside("gradients_afterwards")
    norms.agrees_with(oracle.grad_norms, SHALLOW + IMAGES, exact=True)
