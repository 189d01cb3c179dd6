# Padding an image
#
# One function that puts a border around images, in four modes.
# The statement (README.md) has the modes side by side and a worked example.


import torch
from torch import Tensor

# A border of pixels


def pad2d(x: Tensor, pad: int | tuple[int, int, int, int], mode: str = "zeros") -> Tensor:
    """Images with a border of pixels around their last two axes.

    `mode` says what the border holds. Corners are filled in every mode.

        'zeros'      the number 0
        'replicate'  the nearest border pixel (the notes call this extension)
        'reflect'    the image mirrored about its border pixel, which is not repeated
        'circular'   the pixels of the opposite side, as if the image were repeated

    The input is not changed. The result has the dtype of x. Gradients flow back to x.
    It works for any memory layout, for example after x.permute(0, 3, 1, 2).

    Args:
        x: one image or a stack of images, shape [..., H, W], floating point; any number of
            leading axes, which are not padded.
        pad: widths of the border in pixels, 0 or more; one int for all four sides, or
            (left, right, top, bottom).
        mode: 'zeros', 'replicate', 'reflect' or 'circular'.

    Returns:
        A tensor of shape [..., top + H + bottom, left + W + right].

    Raises:
        ValueError: if a width is negative.
        ValueError: if mode is 'reflect' and a width is not smaller than the image on that axis.
        ValueError: if mode is 'circular' and a width is larger than the image on that axis.

    Source:
        PyTorch documentation, torch.nn.functional.pad.

    Example:
        >>> pad2d(torch.tensor([[1.0, 2.0]]), (2, 1, 0, 1), mode="replicate")
        tensor([[1., 1., 1., 2., 2.],
                [1., 1., 1., 2., 2.]])
    """
    raise NotImplementedError("Write your solution here.")
