"""Hidden tests of interpretability: small networks with every kind of layer, no two sizes alike.

Networks for gradients are smooth (tanh), and no gradient of the fgsm cases is near 0, where a
rounding error would change its sign: it is exactly 0, or above 1/1000 of the largest one.
"""

import torch

from grader.runner import case, recipe, tier

CLOSE = {"rtol": 1e-4, "atol": 1e-5}


def images(*shape):
    """Numbers in [0, 1] in no order, the same on every machine."""
    count = torch.Size(shape).numel()
    return (torch.arange(count) * 37 % 101 / 100).reshape(shape)


def targets(count, classes):
    """Classes in no order, the same on every machine."""
    return torch.arange(count) * 5 % classes


def linear(inputs, outputs, seed=0):
    """A linear layer on flattened images."""
    layer = recipe("linear", in_features=inputs, out_features=outputs, seed=seed)
    return recipe("sequential", layers=[recipe("flatten"), layer])


def network(channels, height, width, classes, seed=0):
    """A convolution, tanh, a linear layer."""
    return recipe(
        "sequential",
        layers=[
            recipe(
                "conv2d",
                in_channels=channels,
                out_channels=4,
                kernel_size=3,
                padding=1,
                seed=seed,
            ),
            recipe("tanh"),
            recipe("flatten"),
            recipe("linear", in_features=4 * height * width, out_features=classes, seed=seed + 1),
        ],
    )


def every_second_pixel(channels, places, classes, seed=0):
    """A network that never looks at every second row and column."""
    return recipe(
        "sequential",
        layers=[
            recipe(
                "conv2d",
                in_channels=channels,
                out_channels=2,
                kernel_size=1,
                stride=2,
                seed=seed,
            ),
            recipe("tanh"),
            recipe("flatten"),
            recipe("linear", in_features=2 * places, out_features=classes, seed=seed + 1),
        ],
    )


# feature_maps


def deep_network(channels, inplace=True):
    """Convolutions with ReLUs that write into their input, pooling, and a part inside a part."""
    return recipe(
        "sequential",
        layers=[
            recipe("conv2d", in_channels=channels, out_channels=3, kernel_size=(2, 3), seed=1),
            recipe("relu", inplace=inplace),
            recipe(
                "sequential",
                layers=[
                    recipe("conv2d", in_channels=3, out_channels=5, kernel_size=2, seed=2),
                    recipe("relu", inplace=inplace),
                    recipe("max_pool2d", kernel_size=2, stride=1),
                ],
            ),
            recipe("flatten"),
            recipe("linear", in_features=10, out_features=4, seed=3),
        ],
    )


def centred(*shape):
    """Images with values on both sides of 0, so that ReLU has something to clip."""
    return 2 * images(*shape) - 1


PLAIN_LAYERS = [
    case(deep_network(1, inplace=False), centred(1, 1, 4, 6), "0"),
    case(deep_network(1, inplace=False), centred(1, 1, 4, 6), "1"),
    case(deep_network(2, inplace=False), centred(3, 2, 4, 6), "0"),
    case(deep_network(2, inplace=False), centred(3, 2, 4, 6), "1"),
    case(deep_network(2, inplace=False), centred(2, 2, 4, 6), "3"),
    case(deep_network(1, inplace=False), centred(2, 1, 4, 6), "4"),
]
OVERWRITTEN_LAYERS = [
    case(deep_network(1), centred(1, 1, 4, 6), "0"),
    case(deep_network(2), centred(3, 2, 4, 6), "0"),
    case(deep_network(3), centred(2, 3, 4, 6), "0"),
]
INNER_LAYERS = [
    case(deep_network(1, inplace=False), centred(1, 1, 4, 6), "2.0"),
    case(deep_network(3, inplace=False), centred(3, 3, 4, 6), "2.0"),
    case(deep_network(2, inplace=False), centred(3, 2, 4, 6), "2.1"),
    case(deep_network(1, inplace=False), centred(2, 1, 4, 6), "2.2"),
    case(deep_network(3, inplace=False), centred(2, 3, 4, 6), "2"),
]


@tier("basic", of="feature_maps")
def test_maps_of_a_layer(submission, oracle):
    """What the layer of that name returns, for all samples and all channels."""
    submission.feature_maps.agrees_with(oracle.feature_maps, PLAIN_LAYERS, **CLOSE)


@tier("parameters", of="feature_maps", states='"features.3" for a layer inside of another module')
def test_maps_of_an_inner_layer(submission, oracle):
    """A name with a dot means a layer inside of another module."""
    submission.feature_maps.agrees_with(oracle.feature_maps, INNER_LAYERS, **CLOSE)


@tier(
    "edge",
    of="feature_maps",
    states="the values are those at the moment when the layer returned them",
)
def test_maps_that_are_overwritten_later(submission, oracle):
    """A ReLU that works in place does not change what was kept of the layer before it."""
    submission.feature_maps.agrees_with(oracle.feature_maps, OVERWRITTEN_LAYERS, **CLOSE)


@tier("edge", of="feature_maps", states="A hook that was registered is removed again")
def test_maps_leave_no_hook(submission, oracle):
    """Afterwards the model has no more hooks than before."""
    maps = submission.feature_maps.inside("hooks_afterwards")
    maps.agrees_with(oracle.feature_maps, PLAIN_LAYERS)


@tier("edge", of="feature_maps", states="the model is left as it was")
def test_maps_leave_the_model_whole(submission, oracle):
    """Afterwards the model has the same layers with the same weights."""
    maps = submission.feature_maps.inside("state_afterwards")
    maps.agrees_with(oracle.feature_maps, PLAIN_LAYERS + INNER_LAYERS, exact=True)


# filter_images

FILTERS = [
    case(torch.tensor([[[[-1.0, 0.0, 3.0]]]])),
    case(torch.tensor([[[[1.0, 2.0], [5.0, 3.0]]], [[[-4.0, -2.0], [-3.0, 0.0]]]])),
    case(centred(3, 1, 2, 4)),
    case(5 * centred(5, 2, 4, 3) + 2),
    case(centred(4, 3, 1, 5) * torch.arange(1.0, 5.0).reshape(4, 1, 1, 1)),
]
ANY_FILTERS = [
    case(torch.tensor([[[[1000.0, -1000.0, 250.0]]], [[[0.001, 0.002, 0.0]]]])),
    case(-images(2, 3, 2, 4) - 10),
    case(images(3, 2, 5, 1) / 1000),
]
CONSTANT_FILTERS = [
    case(torch.zeros(1, 1, 2, 3)),
    case(torch.tensor([[[[5.0, 5.0, 5.0]]], [[[1.0, 2.0, 4.0]]]])),
    case(torch.stack([torch.full((2, 1, 3), -3.0), torch.arange(6.0).reshape(2, 1, 3)])),
    case(torch.full((2, 3, 2, 1), 0.25)),
]
FLOAT64_FILTERS = [case(centred(2, 3, 1, 4).double()), case(centred(1, 1, 2, 3).double())]


def random_filters(draw):
    """A random weight [filters, channels, height, width], no two sizes alike."""
    return case(draw.normal(*draw.shape(4, 1, 6), scale=draw.choice((0.1, 1.0, 30.0))))


@tier("basic", of="filter_images")
def test_each_filter_fills_its_range(submission, oracle, cases):
    """The smallest number of each filter becomes 0 and its largest 1, over all its channels."""
    submission.filter_images.agrees_with(
        oracle.filter_images, FILTERS + cases.random(15, random_filters)
    )


@tier("parameters", of="filter_images")
def test_filters_of_any_size(submission, oracle):
    """Filters of thousands or thousandths, and filters below 0, fill [0, 1] just as well."""
    submission.filter_images.agrees_with(oracle.filter_images, ANY_FILTERS)


@tier("edge", of="filter_images", states="A constant filter gives 0 everywhere.")
def test_constant_filters(submission, oracle):
    """A filter of one number only becomes 0, not nan."""
    submission.filter_images.agrees_with(oracle.filter_images, CONSTANT_FILTERS)


@tier("edge", of="filter_images", states="A tensor of the same shape and dtype.")
def test_filters_keep_their_dtype(submission, oracle):
    """Filters in float64 give images in float64."""
    submission.filter_images.type_agrees_with(oracle.filter_images, FLOAT64_FILTERS)


@tier("edge", of="filter_images", states="The input is not changed.")
def test_the_filters_stay(submission):
    """Looking at the filters does not change them."""
    submission.filter_images.leaves_arguments_alone(FILTERS)


# saliency

ONE_IMAGE = [
    case(linear(4, 2), images(1, 2, 1, 2), targets(1, 2)),
    case(linear(18, 3, seed=5), images(1, 3, 2, 3), targets(1, 3)),
    case(network(1, 3, 2, 4), images(1, 1, 3, 2), torch.tensor([2])),
    case(network(3, 2, 5, 3, seed=2), images(1, 3, 2, 5), torch.tensor([1])),
    case(network(2, 4, 3, 5, seed=9), centred(1, 2, 4, 3), torch.tensor([4])),
]
BATCHES = [
    case(linear(6, 4, seed=1), images(2, 3, 1, 2), torch.tensor([3, 1])),
    case(network(3, 2, 4, 5, seed=3), images(2, 3, 2, 4), torch.tensor([0, 3])),
    case(network(2, 3, 4, 3, seed=7), images(5, 2, 3, 4), targets(5, 3)),
    case(network(4, 3, 2, 6, seed=11), centred(3, 4, 3, 2), targets(3, 6)),
]


def images_to_explain(draw):
    """A random batch for a random network, with random classes."""
    count, channels, height, width = draw.shape(4, 2, 5)
    classes = draw.randint(2, 5)
    model = network(channels, height, width, classes, seed=draw.randrange(1000))
    x = draw.normal(count, channels, height, width)
    return case(model, x, draw.integers(count, high=classes))


@tier("basic", of="saliency")
def test_saliency_of_one_image(submission, oracle):
    """The largest magnitude, over the channels, of the gradient of the class's score."""
    submission.saliency.agrees_with(oracle.saliency, ONE_IMAGE, **CLOSE)


@tier("basic", of="saliency", states="Each image is treated on its own")
def test_saliency_of_a_batch(submission, oracle):
    """Each image has the map that it would have alone."""
    submission.saliency.agrees_with(oracle.saliency, BATCHES, **CLOSE)


@tier("parameters", of="saliency", states="It need not be the class with the largest score.")
def test_saliency_of_any_class(submission, oracle, cases):
    """The map explains the class that is asked for, whatever the model would answer."""
    submission.saliency.agrees_with(oracle.saliency, cases.random(10, images_to_explain), **CLOSE)


@tier("edge", of="saliency", states="The input x is not changed")
def test_saliency_leaves_the_images_alone(submission):
    """After the call, x holds the same pixels as before."""
    submission.saliency.leaves_arguments_alone(ONE_IMAGE + BATCHES)


@tier("edge", of="saliency", states="the model is left as it was")
def test_saliency_leaves_the_weights_alone(submission, oracle):
    """The model is asked, not trained: its weights stay as they are."""
    maps = submission.saliency.inside("state_afterwards")
    maps.agrees_with(oracle.saliency, ONE_IMAGE + BATCHES, exact=True)


# fgsm

MIDDLE = [
    case(linear(4, 2), 0.25 + images(1, 1, 2, 2) / 2, targets(1, 2), 0.1),
    case(linear(6, 3, seed=5), 0.25 + images(2, 3, 1, 2) / 2, torch.tensor([2, 0]), 0.05),
    case(network(1, 2, 3, 4, seed=1), 0.25 + images(1, 1, 2, 3) / 2, torch.tensor([3]), 0.2),
    case(network(2, 2, 3, 3, seed=2), 0.25 + images(3, 2, 2, 3) / 2, targets(3, 3), 0.125),
]
BORDERS = [
    case(linear(4, 2), images(1, 1, 2, 2), targets(1, 2), 0.5),
    case(network(1, 2, 4, 3, seed=3), images(2, 1, 2, 4), targets(2, 3), 0.3),
    case(network(2, 3, 2, 2, seed=6), images(2, 2, 3, 2), targets(2, 2), 0.75),
    case(network(1, 3, 2, 5, seed=8), images(3, 1, 3, 2), targets(3, 5), 1.0),
]
UNSEEN_PIXELS = [
    case(every_second_pixel(1, 4, 3), images(1, 1, 3, 4), targets(1, 3), 0.25),
    case(every_second_pixel(2, 6, 2, seed=3), images(2, 2, 3, 6), torch.tensor([1, 0]), 0.1),
    case(every_second_pixel(3, 6, 4, seed=6), images(3, 3, 6, 3), targets(3, 4), 0.3),
]
NO_STEP = [
    case(linear(4, 2), images(1, 1, 2, 2), targets(1, 2), 0.0),
    case(network(1, 2, 4, 3, seed=3), images(2, 1, 2, 4), targets(2, 3), 0.0),
    case(network(2, 2, 3, 3, seed=2), images(3, 2, 2, 3), targets(3, 3), 0.0),
]


@tier("basic", of="fgsm")
def test_fgsm_moves_each_pixel_by_eps(submission, oracle):
    """Each pixel moves by eps in the direction that raises the loss."""
    submission.fgsm.agrees_with(oracle.fgsm, MIDDLE)


@tier("parameters", of="fgsm", states="limited to [0, 1]")
def test_fgsm_stays_in_range(submission, oracle):
    """Pixels near black and white stop at 0 and 1."""
    submission.fgsm.agrees_with(oracle.fgsm, BORDERS)


@tier("edge", of="fgsm", states="A pixel that does not matter, with gradient 0, stays as it is.")
def test_fgsm_leaves_unseen_pixels(submission, oracle):
    """Pixels that the network does not look at stay as they are."""
    submission.fgsm.agrees_with(oracle.fgsm, UNSEEN_PIXELS)


@tier("edge", of="fgsm", states="With eps 0 they are x itself.")
def test_fgsm_without_a_step(submission, oracle):
    """With eps 0 the images stay as they are."""
    submission.fgsm.agrees_with(oracle.fgsm, NO_STEP)


@tier("edge", of="fgsm", states="The input x is not changed")
def test_fgsm_leaves_the_images_alone(submission):
    """After the call, x holds the same pixels as before."""
    submission.fgsm.leaves_arguments_alone(MIDDLE + BORDERS)


@tier("edge", of="fgsm", states="the model is left as it was")
def test_fgsm_leaves_the_weights_alone(submission, oracle):
    """Only the image moves: the weights stay as they are."""
    moved = submission.fgsm.inside("state_afterwards")
    moved.agrees_with(oracle.fgsm, MIDDLE + BORDERS, exact=True)


# maximise_activation

DEFAULT_STEPS = [
    case(linear(2, 1), images(1, 1, 1, 2), 0),
    case(linear(6, 3, seed=4), images(2, 1, 2, 3), 2),
    case(network(1, 2, 3, 4, seed=5), images(1, 1, 2, 3), 1),
    case(network(2, 3, 2, 3, seed=6), centred(4, 2, 3, 2), 2),
    case(network(3, 2, 4, 2, seed=7), images(2, 3, 2, 4), 1),
]
OTHER_STEPS = [
    case(network(1, 2, 3, 4, seed=5), images(1, 1, 2, 3), 3, steps=1),
    case(network(2, 3, 2, 3, seed=6), centred(4, 2, 3, 2), 0, steps=3, lr=0.5),
    case(network(1, 3, 4, 2, seed=8), centred(2, 1, 3, 4), 1, steps=25, lr=0.03),
    case(network(3, 2, 4, 5, seed=9), images(2, 3, 2, 4), 4, steps=5, lr=2.0),
]
NO_STEPS = [
    case(linear(2, 1), images(1, 1, 1, 2), 0, steps=0),
    case(network(2, 3, 2, 3, seed=6), centred(4, 2, 3, 2), 2, steps=0),
    case(network(1, 2, 3, 4, seed=5), images(1, 1, 2, 3), 1, steps=0, lr=0.5),
]


@tier("basic", of="maximise_activation")
def test_ten_steps_uphill(submission, oracle):
    """Ten steps of 0.1 along the gradient of the unit's activation, taken afresh each time."""
    submission.maximise_activation.agrees_with(oracle.maximise_activation, DEFAULT_STEPS, **CLOSE)


@tier("parameters", of="maximise_activation")
def test_other_numbers_and_lengths_of_steps(submission, oracle):
    """The options steps and lr say how many steps there are and how long they are."""
    submission.maximise_activation.agrees_with(oracle.maximise_activation, OTHER_STEPS, **CLOSE)


@tier("edge", of="maximise_activation", states="With 0 steps they are x itself.")
def test_no_steps(submission, oracle):
    """Without a step the images stay as they are."""
    submission.maximise_activation.agrees_with(oracle.maximise_activation, NO_STEPS)


@tier("edge", of="maximise_activation", states="The input x is not changed")
def test_maximising_leaves_the_start_alone(submission):
    """After the call, x holds the same pixels as before."""
    submission.maximise_activation.leaves_arguments_alone(DEFAULT_STEPS + OTHER_STEPS)


@tier("edge", of="maximise_activation", states="the model is left as it was")
def test_maximising_leaves_the_weights_alone(submission, oracle):
    """Only the image learns: the weights stay as they are."""
    images = submission.maximise_activation.inside("state_afterwards")
    images.agrees_with(oracle.maximise_activation, DEFAULT_STEPS + OTHER_STEPS, exact=True)
