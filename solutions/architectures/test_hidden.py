"""Hidden tests of architectures: small networks on the CPU, published ones on the meta device.

On the meta device a network has shapes and no numbers, so VGG19 takes no 575 MB. AlexNet and VGG
are written as published, without the adaptive pooling before the linear layers of torchvision's
versions, which changes nothing for images of 224 x 224 pixels and has no parameters; the ResNets
average over 7 x 7 places, which is all of them for such images.
"""

import torch

from grader.runner import case, recipe, tier

# layer_table


def sequential(*layers):
    """Layers one after the other."""
    return recipe("sequential", layers=list(layers))


def conv(before, after, kernel_size=3, **options):
    """A convolution."""
    return recipe(
        "conv2d", in_channels=before, out_channels=after, kernel_size=kernel_size, **options
    )


def linear(before, after, **options):
    """A linear layer."""
    return recipe("linear", in_features=before, out_features=after, **options)


def pool(kernel_size=2, stride=2):
    """Max pooling."""
    return recipe("max_pool2d", kernel_size=kernel_size, stride=stride)


RELU, FLATTEN = recipe("relu"), recipe("flatten")
FLAT = [
    case(sequential(linear(3, 2)), (1, 3)),
    case(sequential(linear(4, 3, bias=False), RELU, linear(3, 5)), (2, 4)),
    case(sequential(conv(1, 2), RELU, FLATTEN, linear(12, 3)), (1, 1, 4, 5)),
    case(sequential(conv(3, 4, (2, 3), bias=False), pool(), RELU), (3, 3, 7, 6)),
    case(sequential(conv(2, 6, 5, padding=2, stride=2), recipe("tanh"), conv(6, 1)), (2, 2, 9, 12)),
    case(sequential(conv(4, 8, 3, groups=4), RELU, conv(8, 2, 1)), (5, 4, 3, 6)),
]
NESTED = [
    case(sequential(sequential(linear(3, 2), RELU), linear(2, 4)), (1, 3)),
    case(
        sequential(
            sequential(conv(1, 4), RELU, pool()),
            sequential(FLATTEN, linear(24, 5), RELU, linear(5, 2)),
        ),
        (2, 1, 6, 8),
    ),
    case(
        sequential(sequential(sequential(conv(2, 3, 2)), RELU), FLATTEN, linear(18, 7)),
        (3, 2, 3, 4),
    ),
]
SHARED = recipe("relu", shared="relu")
SHARED_LAYERS = [
    case(sequential(linear(3, 4), SHARED, linear(4, 2), SHARED), (1, 3)),
    case(sequential(conv(1, 2), SHARED, conv(2, 3), SHARED, conv(3, 4, 1), SHARED), (2, 1, 6, 5)),
    case(sequential(FLATTEN, SHARED, linear(6, 3), sequential(SHARED, linear(3, 2))), (2, 3, 2)),
]
BATCH_NORMS = [
    case(sequential(conv(2, 3), recipe("batch_norm2d", num_features=3), RELU), (2, 2, 5, 6)),
    case(sequential(recipe("batch_norm2d", num_features=4), conv(4, 2)), (3, 4, 3, 5)),
    case(sequential(recipe("batch_norm2d", num_features=2, affine=False), RELU), (4, 2, 1, 3)),
]
ONE_PIXEL = [
    case(sequential(conv(2, 3), recipe("batch_norm2d", num_features=3)), (1, 2, 3, 3)),
    case(sequential(recipe("batch_norm2d", num_features=5), RELU, FLATTEN), (1, 5, 1, 1)),
    case(sequential(conv(1, 4, 2), recipe("batch_norm2d", num_features=4), RELU), (1, 1, 2, 2)),
]
META = {"device": "meta"}


def alexnet():
    """Krizhevsky's network in one column, as in torchvision: 61,100,840 parameters."""
    features = [
        *(conv(3, 64, 11, stride=4, padding=2, **META), RELU, pool(3)),
        *(conv(64, 192, 5, padding=2, **META), RELU, pool(3)),
        *(conv(192, 384, 3, padding=1, **META), RELU),
        *(conv(384, 256, 3, padding=1, **META), RELU),
        *(conv(256, 256, 3, padding=1, **META), RELU, pool(3)),
    ]
    classifier = [
        *(recipe("dropout"), linear(9216, 4096, **META), RELU),
        *(recipe("dropout"), linear(4096, 4096, **META), RELU, linear(4096, 1000, **META)),
    ]
    return sequential(sequential(*features), FLATTEN, sequential(*classifier))


def vgg(*blocks):
    """Simonyan's network: blocks of 3 x 3 convolutions, then three linear layers."""
    channels, features = 3, []
    for count, wide in zip(blocks, (64, 128, 256, 512, 512), strict=True):
        for _ in range(count):
            features += [conv(channels, wide, 3, padding=1, **META), RELU]
            channels = wide
        features.append(pool())
    classifier = [
        *(linear(25088, 4096, **META), RELU, recipe("dropout")),
        *(linear(4096, 4096, **META), RELU, recipe("dropout"), linear(4096, 1000, **META)),
    ]
    return sequential(sequential(*features), FLATTEN, sequential(*classifier))


def normalised(before, after, kernel_size, **options):
    """A convolution without bias, and batch normalisation."""
    options = {"padding": kernel_size // 2, "bias": False} | options | META
    norm = recipe("batch_norm2d", num_features=after, **META)
    return [conv(before, after, kernel_size, **options), norm]


def residual(before, wide, stride, expansion):
    """He's block: two convolutions, or three where the last one is `expansion` times as wide."""
    after = expansion * wide
    if expansion == 1:
        body = [*normalised(before, wide, 3, stride=stride), RELU, *normalised(wide, after, 3)]
    else:
        middle = normalised(wide, wide, 3, stride=stride)
        body = [*normalised(before, wide, 1), RELU, *middle, RELU, *normalised(wide, after, 1)]
    is_same = stride == 1 and before == after
    shortcut = None if is_same else sequential(*normalised(before, after, 1, stride=stride))
    return recipe("residual", body=sequential(*body), shortcut=shortcut)


def resnet(*blocks, expansion=1):
    """He's network: four stages of residual blocks, and one linear layer behind an average."""
    before, stages = 64, []
    for count, wide in zip(blocks, (64, 128, 256, 512), strict=True):
        stage = []
        for number in range(count):
            stride = 2 if number == 0 and wide > 64 else 1
            stage.append(residual(before, wide, stride, expansion))
            before = expansion * wide
        stages.append(sequential(*stage))
    stem = [*normalised(3, 64, 7, stride=2), RELU]
    small = recipe("max_pool2d", kernel_size=3, stride=2, padding=1)
    mean = recipe("avg_pool2d", kernel_size=7)
    return sequential(*stem, small, *stages, mean, FLATTEN, linear(before, 1000, **META))


PUBLISHED = [
    case(alexnet(), (1, 3, 224, 224)),
    case(vgg(1, 1, 2, 2, 2), (2, 3, 224, 224)),
    case(vgg(2, 2, 3, 3, 3), (1, 3, 224, 224)),
    case(vgg(2, 2, 4, 4, 4), (1, 3, 224, 224)),
]
RESIDUAL = [
    case(resnet(2, 2, 2, 2), (1, 3, 224, 224)),
    case(resnet(3, 4, 6, 3), (2, 3, 224, 224)),
    case(resnet(3, 4, 6, 3, expansion=4), (1, 3, 224, 224)),
]


@tier("basic", of="layer_table")
def test_rows_of_a_small_network(submission, oracle):
    """Each layer has a row with its name, the shape of its output and its parameters."""
    submission.layer_table.agrees_with(oracle.layer_table, FLAT)


@tier("basic", of="layer_table", states="what only holds other modules has no row")
def test_rows_of_modules_inside_of_modules(submission, oracle):
    """Layers inside of other modules are listed with their full names; the holders are not."""
    submission.layer_table.agrees_with(oracle.layer_table, NESTED)


@tier("parameters", of="layer_table", states="then the input has to lie there as well")
def test_rows_of_published_networks(submission, oracle):
    """AlexNet and three VGGs, which are built without memory."""
    submission.layer_table.agrees_with(oracle.layer_table, PUBLISHED)


@tier("parameters", of="layer_table", states="in the order in which they run")
def test_rows_of_residual_networks(submission, oracle):
    """Three ResNets, whose blocks add what goes round them."""
    submission.layer_table.agrees_with(oracle.layer_table, RESIDUAL)


@tier("parameters", of="layer_table", states="do not count")
def test_buffers_do_not_count(submission, oracle):
    """The running statistics of batch normalisation are not parameters."""
    submission.layer_table.agrees_with(oracle.layer_table, BATCH_NORMS)


@tier("edge", of="layer_table", states="A layer that runs more than once has one row, that of its")
def test_a_layer_that_runs_more_than_once(submission, oracle):
    """A ReLU that is used in several places has one row, where it runs first."""
    submission.layer_table.agrees_with(oracle.layer_table, SHARED_LAYERS)


@tier("edge", of="layer_table", states="so that batch normalisation takes a single image")
def test_batch_normalisation_of_one_pixel(submission, oracle):
    """One image of one pixel passes through batch normalisation, which works in eval mode only."""
    submission.layer_table.agrees_with(oracle.layer_table, ONE_PIXEL)


@tier("edge", of="layer_table", states="Afterwards the model has no more hooks than before")
def test_table_leaves_no_hook(submission, oracle):
    """Afterwards the model has no more hooks than before."""
    table = submission.layer_table.inside("hooks_afterwards")
    table.agrees_with(oracle.layer_table, FLAT + NESTED)


@tier("edge", of="layer_table", states="and is in the mode in which it was")
def test_table_restores_the_mode(submission, oracle):
    """A model that was training goes on training; one that was not does not start to."""
    table = submission.layer_table.inside("mode_afterwards")
    table.agrees_with(
        oracle.layer_table,
        [case(*one.arguments, training) for one in FLAT for training in (True, False)],
    )


# topk_error

NO_TIES = [
    case(torch.zeros(1, 3), torch.tensor([0]), k=1),
    case(torch.tensor([[2.0, 4.0, 4.0, 4.0]]), torch.tensor([1]), k=2),
    case(torch.tensor([[7.0, 2.0, 2.0], [3.0, 3.0, 3.0]]), torch.tensor([1, 0]), k=2),
    case(torch.tensor([[0.1, 0.7, 0.2]]), torch.tensor([1]), k=1),
    case(torch.tensor([[0.1, 0.7, 0.2]]), torch.tensor([2]), k=1),
    case(torch.tensor([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]]), torch.tensor([2, 2]), k=2),
    case(torch.tensor([[3.0, -1.0, 2.0, 5.0]] * 3), torch.tensor([0, 1, 2]), k=3),
    case(torch.tensor([[-3.0, -1.0], [-2.0, -5.0], [0.0, 1.0]]), torch.tensor([0, 0, 1]), k=1),
]
DEFAULT_K = [
    case(torch.arange(7.0)[None], torch.tensor([1])),
    case(torch.arange(7.0).repeat(3, 1), torch.tensor([2, 1, 6])),
    case((torch.arange(40) * 7 % 41).float().reshape(4, 10), torch.tensor([0, 4, 8, 9])),
    case((torch.arange(48) * 11 % 53).float().reshape(6, 8), torch.tensor([7, 0, 2, 5, 3, 1])),
]
TIES = [
    case(torch.zeros(1, 3), torch.tensor([0]), k=1),
    case(torch.tensor([[2.0, 4.0, 4.0, 4.0]]), torch.tensor([1]), k=2),
    case(torch.tensor([[7.0, 2.0, 2.0], [3.0, 3.0, 3.0]]), torch.tensor([1, 0]), k=2),
    case(torch.zeros(1, 3), torch.tensor([2]), k=1),
    case(torch.tensor([[1.0, 2.0, 2.0], [3.0, 3.0, 1.0]]), torch.tensor([2, 1]), k=1),
    case(torch.tensor([[5.0, 4.0, 4.0, 4.0]]), torch.tensor([3]), k=2),
    case(torch.tensor([[5.0, 5.0, 4.0, 4.0], [1.0, 0.0, 0.0, 0.0]]), torch.tensor([3, 2]), k=2),
]
MANY_GUESSES = [
    case(torch.tensor([[0.1, 0.7, 0.2]]), torch.tensor([0]), k=3),
    case(torch.tensor([[0.1, 0.7, 0.2]]), torch.tensor([0])),
    case(torch.tensor([[3.0, 1.0], [0.0, 2.0]]), torch.tensor([1, 0]), k=10),
    case(torch.arange(12.0).reshape(3, 4), torch.tensor([1, 0, 3])),
]
NO_GUESS = [
    case(torch.tensor([[0.1, 0.7, 0.2]]), torch.tensor([1]), k=0),
    case(torch.tensor([[0.1, 0.7], [0.5, 0.3]]), torch.tensor([1, 0]), k=-1),
]


def any_scores(draw):
    """Random scores, all different, with labels and a number of guesses."""
    count, classes = draw.shape(2, 3, 14)
    order = torch.tensor([draw.sample(range(classes), classes) for _ in range(count)])
    return case(order / 4 - 1.5, draw.integers(count, high=classes), k=draw.randint(1, classes - 1))


@tier("basic", of="topk_error")
def test_error_with_some_guesses(submission, oracle, cases):
    """The share of samples whose label is not among the k largest scores."""
    submission.topk_error.agrees_with(oracle.topk_error, NO_TIES + cases.random(20, any_scores))


@tier("parameters", of="topk_error")
def test_error_with_five_guesses(submission, oracle):
    """Without k there are five guesses, as in the ImageNet challenge."""
    submission.topk_error.agrees_with(oracle.topk_error, DEFAULT_K)


@tier("edge", of="topk_error", states="On ties the label wins")
def test_ties_count_for_the_label(submission, oracle):
    """A label whose score is as large as the last of the k counts as found."""
    submission.topk_error.agrees_with(oracle.topk_error, TIES)


@tier("edge", of="topk_error", states="If k is C or more, the error is 0.")
def test_more_guesses_than_classes(submission, oracle):
    """With as many guesses as classes, or more, nothing is missed."""
    submission.topk_error.agrees_with(oracle.topk_error, MANY_GUESSES)


@tier("edge", of="topk_error", states="as a Python float")
def test_error_is_a_float(submission, oracle):
    """The error is a plain number."""
    submission.topk_error.type_agrees_with(oracle.topk_error, NO_TIES)


@tier("edge", of="topk_error", states="ValueError: if k is less than 1.")
def test_no_guess_at_all(submission):
    """Less than one guess is an error."""
    submission.topk_error.rejects(NO_GUESS)
