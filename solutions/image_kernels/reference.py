# %% [markdown]
# # Image kernels: filters made by hand
#
# One function that runs a kernel over a grey image, with three ways to treat the edge.
# The statement (README.md) has some kernels and a worked example.

# %%
import torch
from torch import Tensor

# %% [markdown]
# ## A filter


# %%
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
    # BEGIN SOLUTION
    kh, kw = kernel.shape
    if kh % 2 == 0 or kw % 2 == 0:
        raise ValueError(f"a kernel of {kh} x {kw} has no centre; both sizes must be odd")
    if not img.is_floating_point():
        img = img.to(torch.float32)
    if flip:
        kernel = kernel.flip(0, 1)
    if edge == "zeros":
        framed = img.new_zeros(img.shape[0] + kh - 1, img.shape[1] + kw - 1)
        framed[kh // 2 :, kw // 2 :][: img.shape[0], : img.shape[1]] = img
        img = framed
    elif edge == "extend":
        rows = torch.arange(-(kh // 2), img.shape[0] + kh // 2).clamp(0, img.shape[0] - 1)
        columns = torch.arange(-(kw // 2), img.shape[1] + kw // 2).clamp(0, img.shape[1] - 1)
        img = img[rows[:, None], columns]
    return torch.einsum("ijrs,rs->ij", img.unfold(0, kh, 1).unfold(1, kw, 1), kernel)
    # END SOLUTION
