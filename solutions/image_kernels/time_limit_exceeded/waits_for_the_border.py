"""Time limit exceeded: with 'extend' it widens the image by 0 pixels, again and again."""

import torch


def filter2d(img, kernel, edge="zeros", flip=False):
    kh, kw = kernel.shape
    if kh % 2 == 0 or kw % 2 == 0:
        raise ValueError("odd kernels only")
    img = img if img.is_floating_point() else img.float()
    height, width = img.shape
    numbers = kernel.flip(0, 1) if flip else kernel
    if edge == "zeros":
        framed = img.new_zeros(height + kh - 1, width + kw - 1)
        framed[kh // 2 : kh // 2 + height, kw // 2 : kw // 2 + width] = img
        img = framed
    while edge == "extend" and img.shape[0] < height + kh - 1:
        img = torch.cat([img[:0], img, img[:0]])
    return torch.einsum("ijrs,rs->ij", img.unfold(0, kh, 1).unfold(1, kw, 1), numbers)
