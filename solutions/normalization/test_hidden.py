"""Hidden tests of normalization: all sizes different, statistics away from 0.5, any range."""

import torch

from grader.runner import case, tier

# to_unit_range

ALL_LEVELS = [
    case(torch.tensor([255], dtype=torch.uint8)),
    case(torch.tensor([0, 51, 255], dtype=torch.uint8)),
    case(torch.tensor([[1, 2, 254], [127, 128, 0]], dtype=torch.uint8)),
    case(torch.arange(256).to(torch.uint8).reshape(1, 8, 32)),
]
LOW_CONTRAST = [
    case(torch.tensor([0, 1], dtype=torch.uint8)),
    case(torch.tensor([[0, 0, 1], [1, 0, 1]], dtype=torch.uint8)),
    case(torch.full((2, 5), 3, dtype=torch.uint8)),
    case(torch.tensor([[[40, 52, 47]], [[61, 40, 44]]], dtype=torch.uint8)),
]
FRACTIONS = [
    case(torch.tensor([0.0, 0.2, 1.0])),
    case(torch.tensor([[0.25, 0.5, 0.125]], dtype=torch.float64)),
    case(torch.linspace(0, 1, 30).reshape(2, 3, 5)),
]


def photograph(draw):
    """A uint8 image [C, H, W] with all grey levels."""
    return case(draw.integers(*draw.shape(3, 1, 9), low=0, high=256, dtype=torch.uint8))


def dim_photograph(draw):
    """A uint8 image whose brightest pixel is far from white."""
    return case(draw.integers(*draw.shape(3, 1, 9), low=20, high=90, dtype=torch.uint8))


@tier("basic", of="to_unit_range")
def test_grey_levels_are_divided_by_255(submission, oracle, cases):
    """Grey level g becomes g / 255, so 0 stays black and 255 becomes exactly 1."""
    submission.to_unit_range.agrees_with(
        oracle.to_unit_range, ALL_LEVELS + cases.random(15, photograph)
    )


@tier("basic", of="to_unit_range")
def test_the_rest_of_the_image_does_not_matter(submission, oracle, cases):
    """A dim or pale image stays dim or pale: its own darkest and brightest pixel do not count."""
    submission.to_unit_range.agrees_with(
        oracle.to_unit_range, LOW_CONTRAST + cases.random(15, dim_photograph)
    )


@tier("parameters", of="to_unit_range", states="For uint8 the result is float32")
def test_uint8_becomes_float32(submission, oracle):
    """The result for a uint8 image is a float32 tensor."""
    submission.to_unit_range.type_agrees_with(oracle.to_unit_range, ALL_LEVELS)


@tier("edge", of="to_unit_range", states="A float image is returned unchanged, in its own dtype")
def test_float_images_are_left_alone(submission, oracle):
    """An image that is already float has fractions in it: nothing is divided again."""
    submission.to_unit_range.agrees_with(oracle.to_unit_range, FRACTIONS)


# normalize


def normalized_magnitude(x, mean, std):
    """What rounding x and mean in float32 can add to each element, in units of the result."""
    means = torch.as_tensor(mean, dtype=torch.float64).reshape(-1, 1, 1).abs()
    stds = torch.as_tensor(std, dtype=torch.float64).reshape(-1, 1, 1).abs()
    return torch.maximum(x.double().abs(), means) / stds


ONE_NUMBER = [
    case(torch.tensor([[[0.75]]]), 0.5, 0.25),
    case(torch.tensor([[[0.0, 0.5, 1.0]]]), 0.25, 0.5),
    case(torch.tensor([[[0.0, 0.5]], [[1.0, 0.75]], [[0.25, 0.0]]]), 0.5, 0.125),
    case(torch.linspace(0, 1, 24).reshape(2, 3, 4), 0.1307, 0.3081),
]
ONE_PER_CHANNEL = [
    case(torch.tensor([[[1.0]], [[1.0]]]), [0.5, 0.25], [0.5, 0.125]),
    case(torch.tensor([[[0.0, 1.0, 0.5]], [[0.5, 0.0, 1.0]]]), [0.25, 0.75], [0.5, 0.25]),
    case(torch.linspace(0, 1, 30).reshape(3, 2, 5), [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    # W equals C: statistics along the wrong axis fit without an error
    case(torch.linspace(0, 1, 12).reshape(2, 3, 2), [0.5, 0.25], [0.5, 0.125]),
    case(torch.linspace(0, 1, 9).reshape(3, 1, 3).flip(2), [0.2, 0.5, 0.8], [0.1, 0.2, 0.4]),
    case(torch.linspace(0, 1, 32).reshape(4, 2, 4), [0.1, 0.3, 0.5, 0.9], [0.5, 0.4, 0.3, 0.2]),
]
LEADING_AXES = [
    case(torch.linspace(0, 1, 12).reshape(2, 3, 1, 2), [0.1, 0.5, 0.9], [0.2, 0.5, 0.8]),
    case(torch.linspace(0, 1, 60).reshape(5, 2, 3, 2), [0.25, 0.75], [0.5, 0.125]),
    # N equals C: statistics along the batch axis fit without an error
    case(torch.linspace(0, 1, 20).reshape(2, 2, 1, 5), [0.25, 0.75], [0.5, 0.125]),
    case(torch.linspace(0, 1, 54).reshape(3, 3, 2, 3), [0.1, 0.5, 0.9], [0.2, 0.5, 0.8]),
    case(torch.linspace(0, 1, 96).reshape(4, 4, 3, 2), [0.1, 0.2, 0.4, 0.8], [0.9, 0.7, 0.5, 0.3]),
    case(torch.linspace(0, 1, 120).reshape(5, 1, 3, 2, 4), [0.1, 0.5, 0.9], [0.2, 0.5, 0.8]),
]
LENGTH_ONE = [
    case(torch.linspace(0, 1, 6).reshape(3, 1, 2), [0.25], [0.5]),
    case(torch.linspace(0, 1, 24).reshape(4, 3, 2), (0.25,), 0.125),
    case(torch.linspace(0, 1, 30).reshape(2, 3, 5), [0.25, 0.75], (0.125,)),
    case(torch.linspace(0, 1, 30).reshape(3, 2, 5), 0.75, (0.5, 0.25, 0.125)),
]
ANY_RANGE = [
    case(torch.tensor([[[-1000.0, 0.0, 1000.0]]]), 10.0, 4.0),
    case(torch.tensor([[[128.0, 255.0]], [[3.0, 64.0]]]), [120.0, 60.0], [50.0, 25.0]),
    case(torch.linspace(-1000, 1000, 30).reshape(2, 5, 3), [-700.0, 900.0], [100.0, 0.5]),
]
NORMALIZE_FLOAT64 = [
    case(torch.linspace(0, 1, 6, dtype=torch.float64).reshape(1, 2, 3), 0.25, 0.5),
    case(torch.linspace(0, 1, 30, dtype=torch.float64).reshape(2, 3, 5), [0.2, 0.7], [0.5, 0.3]),
]
TRANSPOSED = [
    case(torch.linspace(0, 1, 24).reshape(2, 4, 3).transpose(1, 2), [0.25, 0.75], [0.5, 0.125]),
    case(torch.linspace(0, 1, 30).reshape(5, 2, 3).permute(2, 1, 0), [0.1, 0.5, 0.9], 0.5),
    case(torch.linspace(0, 1, 56).reshape(4, 2, 7)[:, :, ::3], 0.5, [0.5, 0.25, 1.0, 2.0]),
]
ZERO_STD = [
    case(torch.linspace(0, 1, 6).reshape(1, 2, 3), 0.5, 0.0),
    case(torch.linspace(0, 1, 6).reshape(3, 1, 2), [0.1, 0.2, 0.3], [0.5, 0.0, 0.5]),
]
WRONG_LENGTH = [
    case(torch.linspace(0, 1, 6).reshape(1, 2, 3), [0.1, 0.2], 0.5),
    case(torch.linspace(0, 1, 6).reshape(1, 2, 3), 0.5, [0.1, 0.2, 0.3]),
    case(torch.linspace(0, 1, 30).reshape(3, 5, 2), [0.1, 0.2], [0.5, 0.5]),
    case(torch.linspace(0, 1, 30).reshape(2, 5, 3), [0.1, 0.2, 0.3], [0.5, 0.5, 0.5]),
]


def image_and_numbers(draw):
    """One image [C, H, W] of fractions with one mean and one std."""
    image = draw.uniform(*draw.shape(3, 1, 7))
    return case(image, draw.uniform(1).item(), draw.choice([0.25, 0.3081, 2.0]))


def image_and_lists(draw):
    """One image [C, H, W] of fractions with statistics for each channel."""
    channels, height, width = draw.shape(3, 2, 7)
    means = [round(draw.random(), 3) for _ in range(channels)]
    stds = [round(0.1 + draw.random(), 3) for _ in range(channels)]
    return case(draw.uniform(channels, height, width), means, tuple(stds))


def batch_and_lists(draw):
    """A batch [N, C, H, W] with statistics for each channel."""
    count, channels, height, width = draw.shape(4, 2, 7)
    means = [round(draw.random(), 3) for _ in range(channels)]
    stds = [round(0.1 + draw.random(), 3) for _ in range(channels)]
    return case(draw.uniform(count, channels, height, width), means, stds)


@tier("basic", of="normalize")
def test_one_mean_and_std_for_all_channels(submission, oracle, cases):
    """With two numbers, every element becomes (x - mean) / std."""
    submission.normalize.agrees_with(
        oracle.normalize,
        ONE_NUMBER + cases.random(20, image_and_numbers),
        magnitude=normalized_magnitude,
    )


@tier("basic", of="normalize")
def test_one_mean_and_std_per_channel(submission, oracle, cases):
    """With two lists, channel c uses mean[c] and std[c]."""
    submission.normalize.agrees_with(
        oracle.normalize,
        ONE_PER_CHANNEL + cases.random(20, image_and_lists),
        magnitude=normalized_magnitude,
    )


@tier("parameters", of="normalize")
def test_batches_and_more_leading_axes(submission, oracle, cases):
    """The channel axis is the third from the end, however many axes stand before it."""
    submission.normalize.agrees_with(
        oracle.normalize,
        LEADING_AXES + cases.random(15, batch_and_lists),
        magnitude=normalized_magnitude,
    )


@tier("parameters", of="normalize", states="A sequence of length 1 stands for all channels too")
def test_a_sequence_of_length_one_serves_all_channels(submission, oracle):
    """A list or tuple of one number counts for every channel, also beside a longer one."""
    submission.normalize.agrees_with(oracle.normalize, LENGTH_ONE, magnitude=normalized_magnitude)


@tier("parameters", of="normalize", states="The result is not limited to [0, 1]")
def test_any_range_of_values(submission, oracle):
    """The formula is the same for values far outside [0, 1], down to -1000 and up to 1000."""
    submission.normalize.agrees_with(oracle.normalize, ANY_RANGE, magnitude=normalized_magnitude)


@tier("edge", of="normalize", states="The dtype of x is kept")
def test_normalize_keeps_the_dtype(submission, oracle):
    """A float64 image gives a float64 result."""
    submission.normalize.type_agrees_with(oracle.normalize, NORMALIZE_FLOAT64)


@tier("edge", of="normalize", states="The gradient reaches x")
def test_gradient_of_normalize(submission, oracle):
    """The gradient flows back through the result to x."""
    submission.normalize.gradient_agrees_with(oracle.normalize, ONE_PER_CHANNEL[:3])


@tier("edge", of="normalize", states="The input x is not changed")
def test_normalize_leaves_its_input_alone(submission):
    """After the call, x holds the same numbers as before."""
    submission.normalize.leaves_arguments_alone(ONE_NUMBER + ONE_PER_CHANNEL)


@tier(
    "edge", of="normalize", states="It works for any memory layout, for example after a transpose"
)
def test_normalize_transposed_images(submission, oracle):
    """The result does not depend on how the image lies in memory."""
    submission.normalize.agrees_with(oracle.normalize, TRANSPOSED, magnitude=normalized_magnitude)


@tier("edge", of="normalize", states="ValueError: a std is 0")
def test_a_std_of_zero_is_an_error(submission):
    """A standard deviation of 0 raises an error instead of giving inf or nan."""
    submission.normalize.rejects(ZERO_STD)


@tier(
    "edge",
    of="normalize",
    states="ValueError: mean or std has a length that is neither 1 nor C",
)
def test_statistics_of_a_wrong_length_are_an_error(submission):
    """Two means for one or three channels raise an error instead of giving an image."""
    submission.normalize.rejects(WRONG_LENGTH)


# standardize


def standardized_magnitude(x):
    """What rounding x in float32 can add to each element, in units of the result."""
    wide = x.double()
    return (wide.abs().max() / wide.std(correction=0).clamp(min=1e-30)).expand(x.shape)


PLANES = [
    case(torch.tensor([[0.0, 1.0]])),
    case(torch.tensor([[0.0, 0.5, 1.0]])),
    case(torch.tensor([[0.0, 0.25], [0.5, 1.0], [0.0, 0.125]])),
    case(torch.linspace(0, 1, 15).reshape(3, 5) ** 2),
]
VOLUMES = [
    case(torch.tensor([[[0.0, 0.5]], [[1.0, 0.75]]])),
    case(torch.tensor([[[0.0, 0.1, 0.3]], [[0.9, 1.0, 0.7]]])),
    case(torch.linspace(0, 1, 30).reshape(3, 2, 5) ** 2),
    case(torch.linspace(-1, 1, 56).reshape(4, 7, 2) ** 3),
]
OTHER_RANGES = [
    case(torch.tensor([[-1000.0, 1000.0, 0.0]])),
    case(torch.tensor([[-1000.0, -999.0, -998.0], [-1001.0, -990.0, -1000.0]])),
    case(torch.tensor([[[0.0, 255.0], [3.0, 17.0], [128.0, 64.0]]])),
    case(torch.tensor([[0.5, 0.6, 0.55, 0.45], [0.4, 0.5, 0.5, 0.5]])),
    case(torch.tensor([[0.0, 0.125], [0.0, 0.125], [0.0, 0.125]])),
]
FAR_FROM_ZERO = [
    case(torch.tensor([[9999.0, 10001.0]])),
    case(torch.tensor([[10000.0, 10001.0, 10003.0], [9998.0, 10000.0, 10001.0]])),
    case(10000 + torch.arange(30.0).reshape(2, 3, 5).remainder(7)),
]
# powers of two in number, so that every way to compute the mean is exact
CONSTANT = [case(torch.full((1, 1), 0.0))]
CONSTANT += [case(torch.full((2, 4), value)) for value in (0.0, 0.5, 1.0, 128.0)]
CONSTANT += [case(torch.full((2, 8, 4), value)) for value in (0.5, 1.0, 128.0)]
STANDARDIZE_FLOAT64 = [
    case(torch.linspace(0, 1, 6, dtype=torch.float64).reshape(2, 3)),
    case(torch.linspace(0, 1, 30, dtype=torch.float64).reshape(3, 2, 5)),
]
STANDARDIZE_TRANSPOSED = [
    case((torch.linspace(0, 1, 12).reshape(4, 3) ** 2).T),
    case((torch.linspace(0, 1, 30).reshape(2, 5, 3) ** 2).permute(2, 0, 1)),
    case((torch.linspace(0, 1, 24).reshape(2, 3, 4) ** 2)[:, :, ::3]),
]
EMPTY_IMAGE = [case(torch.zeros(0, 3)), case(torch.zeros(3, 0, 5))]


def random_plane(draw):
    """One image [H, W] of some range with a fair contrast."""
    height, width = draw.shape(2, 2, 9)
    return case(draw.normal(height, width, scale=draw.choice([0.5, 1.0, 40.0])) + draw.random())


def random_volume(draw):
    """One image [C, H, W] whose channels differ in mean and contrast."""
    channels, height, width = draw.shape(3, 2, 7)
    offsets = draw.normal(channels, 1, 1, scale=2.0)
    return case(draw.normal(channels, height, width) * draw.uniform(channels, 1, 1) + offsets)


@tier("basic", of="standardize")
def test_standardize_one_plane(submission, oracle, cases):
    """An image [H, W] gets mean 0 and population standard deviation 1."""
    submission.standardize.agrees_with(
        oracle.standardize,
        PLANES + cases.random(20, random_plane),
        magnitude=standardized_magnitude,
    )


@tier("basic", of="standardize")
def test_standardize_all_channels_together(submission, oracle, cases):
    """An image [C, H, W] has one mean and one standard deviation over all its elements."""
    submission.standardize.agrees_with(
        oracle.standardize,
        VOLUMES + cases.random(20, random_volume),
        magnitude=standardized_magnitude,
    )


@tier("parameters", of="standardize")
def test_standardize_any_range(submission, oracle):
    """Grey levels, values around -1000 and images of low contrast are standardised alike."""
    submission.standardize.agrees_with(
        oracle.standardize, OTHER_RANGES, magnitude=standardized_magnitude
    )


@tier("edge", of="standardize", states="A constant image gives zeros")
def test_a_constant_image_gives_zeros(submission, oracle):
    """An image of one grey value has no contrast: all its elements become 0, not nan."""
    submission.standardize.agrees_with(oracle.standardize, CONSTANT)


@tier(
    "edge",
    of="standardize",
    states="It stays accurate when the mean is far larger than the contrast",
)
def test_standardize_far_from_zero(submission, oracle):
    """An image around 10000 with a contrast of a few units keeps its digits."""
    submission.standardize.agrees_with(
        oracle.standardize, FAR_FROM_ZERO, magnitude=standardized_magnitude
    )


@tier("edge", of="standardize", states="The dtype of x is kept")
def test_standardize_keeps_the_dtype(submission, oracle):
    """A float64 image gives a float64 result."""
    submission.standardize.type_agrees_with(oracle.standardize, STANDARDIZE_FLOAT64)


@tier("edge", of="standardize", states="The gradient reaches x, also through m and s")
def test_gradient_of_standardize(submission, oracle):
    """The gradient takes all three ways to x: directly, through the mean, through the std."""
    submission.standardize.gradient_agrees_with(oracle.standardize, PLANES[1:] + VOLUMES)


@tier("edge", of="standardize", states="The input x is not changed")
def test_standardize_leaves_its_input_alone(submission):
    """After the call, x holds the same numbers as before."""
    submission.standardize.leaves_arguments_alone(PLANES + VOLUMES)


@tier(
    "edge", of="standardize", states="It works for any memory layout, for example after a transpose"
)
def test_standardize_transposed_images(submission, oracle):
    """The result does not depend on how the image lies in memory."""
    submission.standardize.agrees_with(
        oracle.standardize, STANDARDIZE_TRANSPOSED, magnitude=standardized_magnitude
    )


@tier("edge", of="standardize", states="ValueError: the image is empty")
def test_an_empty_image_is_an_error(submission):
    """An image without elements has no mean: it raises an error."""
    submission.standardize.rejects(EMPTY_IMAGE)


# channel_stats

BATCHES = [
    case(torch.tensor([0.0, 0.5, 1.0]).reshape(1, 1, 1, 3)),
    case(torch.tensor([0.0, 0.5, 0.25, 1.0]).reshape(2, 2, 1, 1)),
    case((torch.linspace(0, 1, 24) ** 2).reshape(2, 1, 3, 4)),
    case((torch.linspace(0, 1, 120) ** 2).reshape(4, 3, 5, 2)),
    case((torch.linspace(0, 1, 84) ** 3).reshape(2, 3, 7, 2)),
]
BRIGHT_AND_DARK = [
    case(torch.tensor([0.0, 0.25, 0.75, 1.0]).reshape(2, 1, 1, 2)),
    case(torch.tensor([0.0, 0.5, 1.0]).reshape(3, 1, 1, 1)),
    case(torch.tensor([0.0, 0.25, 0.5, 1.0, 0.5, 0.0]).reshape(3, 2, 1, 1)),
    case((torch.arange(60) % 11 / 40 + torch.arange(60) // 20 / 3).reshape(3, 2, 5, 2)),
]
STATS_FLOAT64 = [case(torch.linspace(0, 1, 24, dtype=torch.float64).reshape(2, 3, 1, 4))]
NOT_A_BATCH = [
    case(torch.linspace(0, 1, 24).reshape(2, 3, 4)),
    case(torch.linspace(0, 1, 24).reshape(4, 6)),
    case(torch.linspace(0, 1, 24).reshape(2, 1, 3, 4, 1)),
]
EMPTY_BATCH = [case(torch.zeros(0, 3, 4, 5)), case(torch.zeros(2, 3, 0, 5))]


def random_batch(draw):
    """A batch [N, C, H, W] of fractions, its images and channels of different brightness."""
    count, channels, height, width = draw.shape(4, 1, 7)
    brightness = draw.uniform(count, 1, 1, 1, high=0.5) + draw.uniform(1, channels, 1, 1, high=0.25)
    return case(brightness + draw.uniform(count, channels, height, width, high=0.25))


def random_large_batch(draw):
    """A batch [N, C, H, W] with fractions from the whole range."""
    count, channels, height, width = draw.shape(4, 2, 8)
    return case(draw.uniform(count, channels, height, width))


@tier("basic", of="channel_stats")
def test_statistics_of_each_channel(submission, oracle, cases):
    """Mean and population standard deviation of each channel, mean first."""
    submission.channel_stats.agrees_with(
        oracle.channel_stats, BATCHES + cases.random(20, random_large_batch), rtol=1e-4
    )


@tier("parameters", of="channel_stats", states="pooled into one population")
def test_all_images_are_pooled(submission, oracle, cases):
    """Bright and dark images in one batch: the standard deviation includes their difference."""
    submission.channel_stats.agrees_with(
        oracle.channel_stats, BRIGHT_AND_DARK + cases.random(20, random_batch), rtol=1e-4
    )


@tier("edge", of="channel_stats", states="Two tensors of shape [C], mean first, in the dtype of x")
def test_statistics_keep_the_dtype(submission, oracle):
    """A float64 batch gives float64 statistics."""
    submission.channel_stats.type_agrees_with(oracle.channel_stats, STATS_FLOAT64)


@tier("edge", of="channel_stats", states="ValueError: x does not have four axes")
def test_a_single_image_is_an_error(submission):
    """An input with three, two or five axes raises an error."""
    submission.channel_stats.rejects(NOT_A_BATCH)


@tier("edge", of="channel_stats", states="ValueError: x has no elements")
def test_an_empty_batch_is_an_error(submission):
    """A batch without pixels has no statistics: it raises an error."""
    submission.channel_stats.rejects(EMPTY_BATCH)
