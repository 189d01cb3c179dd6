# Image kernels: filters made by hand
#
# One function that runs a kernel over a grey image, with three ways to treat the edge.
# The statement (README.md) has some kernels and a worked example.


import torch
from torch import Tensor

# A filter


def filter2d(img: Tensor, kernel: Tensor, edge: str = "zeros", flip: bool = False) -> Tensor:
    """Grey image after a kernel has run over it, its centre on every pixel.

    Each pixel of the result is the sum of the kernel's numbers times the pixels below them.
    The kernel is used as it stands (cross-correlation); if flip is set, it is first turned by 180
    degrees (convolution). Nothing is clipped, rounded, rescaled or made positive.

    `edge` says what happens where the kernel reaches over the edge:

        'zeros'   missing pixels are 0; the result has the size of the image
        'extend'  missing pixels are copies of the nearest border pixel, also in the corners; the
                  result has the size of the image
        'crop'    such pixels are left out; the result is smaller by the kernel's size - 1

    A uint8 image gives a float32 result. A floating-point image keeps its dtype.
    The inputs are not changed. Gradients flow back to img and kernel.
    It works for any memory layout, for example after img.transpose(0, 1).

    Args:
        img: grey image, shape [H, W], uint8 or floating point.
        kernel: weights, shape [kernel height, kernel width], both odd, floating point (float64 for
            a float64 image, else float32); with 'crop' no larger than the image.
        edge: 'zeros', 'extend' or 'crop'.
        flip: whether to turn the kernel by 180 degrees first.

    Returns:
        A tensor of shape [H, W], or [H - kernel height + 1, W - kernel width + 1] for 'crop'.

    Raises:
        ValueError: if the kernel's height or width is even, as it then has no centre.

    Source:
        V. Powell, Image Kernels, explained visually, setosa.io/ev/image-kernels.

    Example:
        >>> step = torch.tensor([[10.0, 10.0, 50.0, 50.0]])
        >>> filter2d(step, torch.tensor([[-1.0, 0.0, 1.0]]))
        tensor([[ 10.,  40.,  40., -50.]])
        >>> filter2d(step, torch.tensor([[-1.0, 0.0, 1.0]]), edge="extend")
        tensor([[ 0., 40., 40.,  0.]])
    """
    raise NotImplementedError("Write your solution here.")
