# %% [markdown]
# # Normalising image inputs
#
# A network trains faster when every input comes from the same range. Write the four steps that
# bring an image there: to fractions in [0, 1], shifted and scaled by given statistics, by its own
# statistics, and the statistics of a whole batch. `README.md` explains each of them.
#
# Every function leaves its input as it is, keeps the dtype of a float input, and uses torch only.

# %%
from collections.abc import Sequence

import torch
from torch import Tensor

# %% [markdown]
# ## Grey levels to fractions


# %%
def to_unit_range(img: Tensor) -> Tensor:
    """Turn grey levels 0..255 into fractions in [0, 1].

        out = img / 255

    Args:
        img: an image of any shape. uint8: grey levels from 0 (black) to 255 (white). float32 or
            float64: already fractions in [0, 1].

    Returns:
        A tensor of the same shape. For uint8 the result is float32: 0 becomes 0.0 and 255 becomes
        exactly 1.0, whatever else is in the image. A float image is returned unchanged, in its
        own dtype.

    Source:
        torchvision.transforms.functional.convert_image_dtype.

    Example:
        >>> to_unit_range(torch.tensor([0, 51, 255], dtype=torch.uint8))
        tensor([0.0000, 0.2000, 1.0000])
    """
    # BEGIN SOLUTION
    if img.is_floating_point():
        return img
    return img.to(torch.float32) / 255
    # END SOLUTION


# %% [markdown]
# ## With statistics that are given


# %%
def normalize(x: Tensor, mean: float | Sequence[float], std: float | Sequence[float]) -> Tensor:
    """Subtract the mean of each channel, then divide by its standard deviation.

        out[..., c, i, j] = (x[..., c, i, j] - mean[c]) / std[c]

    Args:
        x: images [..., C, H, W] of float32 or float64: one image [C, H, W], a batch
            [N, C, H, W], or with more leading axes.
        mean: one number for all channels, or a list or tuple of C numbers. A sequence of length 1
            stands for all channels too.
        std: the same for the standard deviations.

    Returns:
        A tensor of the shape of x. The result is not limited to [0, 1]: with mean 0.5 and std 0.5
        the range [0, 1] becomes [-1, 1]. The dtype of x is kept. The gradient reaches x.
        The input x is not changed. It works for any memory layout, for example after a transpose.

    Raises:
        ValueError: a std is 0.
        ValueError: mean or std has a length that is neither 1 nor C.

    Source:
        torchvision.transforms.functional.normalize.

    Example:
        >>> x = torch.tensor([[[0.0, 0.5]], [[0.5, 1.0]]])  # C = 2, H = 1, W = 2
        >>> normalize(x, mean=[0.5, 0.25], std=[0.5, 0.25])
        tensor([[[-1.,  0.]],
        <BLANKLINE>
                [[ 1.,  3.]]])
    """

    # BEGIN SOLUTION
    def per_channel(numbers: float | Sequence[float]) -> Tensor:
        column = x.new_tensor(numbers).reshape(-1, 1, 1)
        if len(column) != 1 and len(column) != channels:
            raise ValueError(f"{len(column)} numbers for {channels} channels")
        return column

    channels = x.shape[-3]
    centres, spreads = per_channel(mean), per_channel(std)
    if (spreads == 0).any():
        raise ValueError("a standard deviation of 0 cannot be divided by")
    return (x - centres) / spreads
    # END SOLUTION


# %% [markdown]
# ## With the image's own statistics


# %%
def standardize(x: Tensor) -> Tensor:
    """Shift and scale one image to mean 0 and standard deviation 1.

        out = (x - m) / s,   m = mean of all elements,   s = sqrt(mean of (x - m) ** 2)

    m and s are two numbers, computed over all channels, rows and columns of this one image. s is
    the population standard deviation: the sum is divided by the number of elements n, not n - 1.

    Args:
        x: one image, [C, H, W] or [H, W], float32 or float64, of any range.

    Returns:
        A tensor of the shape of x. A constant image gives zeros. To avoid dividing by 0 you may
        add a number up to 1e-8 to s. The dtype of x is kept. The gradient reaches x, also through
        m and s. The input x is not changed. It works for any memory layout, for example after a
        transpose. It stays accurate when the mean is far larger than the contrast, for example
        for an image around 10000.

    Raises:
        ValueError: the image is empty.

    Source:
        TensorFlow's tf.image.per_image_standardization, without its lower bound on s.

    Example:
        >>> standardize(torch.tensor([[0.0, 0.0], [0.5, 0.5]]))
        tensor([[-1., -1.],
                [ 1.,  1.]])
    """
    # BEGIN SOLUTION
    if x.numel() == 0:
        raise ValueError("an empty image has no mean")
    centred = x - x.mean()
    spread = x.std(correction=0)
    return centred / torch.where(spread > 0, spread, 1.0)
    # END SOLUTION


# %% [markdown]
# ## The statistics of a batch


# %%
def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    """Compute mean and standard deviation of each channel over a whole batch.

        mean[c] = mean over n, i, j of x[n, c, i, j]
        std[c]  = sqrt(mean over n, i, j of (x[n, c, i, j] - mean[c]) ** 2)

    All pixels of all images count alike: the pixels of a channel are pooled into one population
    of N * H * W numbers, and the sum is divided by that count, not by the count minus 1.

    Args:
        x: a batch [N, C, H, W] of fractions in [0, 1], float32 or float64.

    Returns:
        Two tensors of shape [C], mean first, in the dtype of x.

    Raises:
        ValueError: x does not have four axes.
        ValueError: x has no elements.

    Source:
        The numbers that one passes to torchvision.transforms.Normalize; for MNIST 0.1307, 0.3081.

    Example:
        >>> x = torch.tensor([0.0, 0.2, 0.4, 0.6]).reshape(2, 1, 1, 2)
        >>> mean, std = channel_stats(x)
        >>> mean, std
        (tensor([0.3000]), tensor([0.2236]))
    """
    # BEGIN SOLUTION
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError(f"wanted a batch [N, C, H, W] with pixels, got shape {tuple(x.shape)}")
    pixels = x.transpose(0, 1).flatten(1)  # one row for each channel
    return pixels.mean(dim=1), pixels.std(dim=1, correction=0)
    # END SOLUTION
