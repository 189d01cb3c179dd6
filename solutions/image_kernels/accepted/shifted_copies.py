"""Accepted: adds up shifted copies of the image, one for each number of the kernel."""

import torch


def widened(img, rows, columns, edge):
    """The image with a border glued on."""
    if edge == "zeros":
        height, width = img.shape
        img = torch.cat([img.new_zeros(rows, width), img, img.new_zeros(rows, width)], 0)
        side = img.new_zeros(height + 2 * rows, columns)
        return torch.cat([side, img, side], 1)
    img = torch.cat([img[:1].expand(rows, -1), img, img[-1:].expand(rows, -1)], 0)
    return torch.cat([img[:, :1].expand(-1, columns), img, img[:, -1:].expand(-1, columns)], 1)


def filter2d(img, kernel, edge="zeros", flip=False):
    kh, kw = kernel.shape
    assert kh % 2 and kw % 2, "the kernel needs a centre"
    img = img if img.is_floating_point() else img.to(kernel.dtype)
    if edge != "crop":
        img = widened(img, kh // 2, kw // 2, edge)
    if flip:
        kernel = torch.flip(kernel, (0, 1))
    height, width = img.shape[0] - kh + 1, img.shape[1] - kw + 1
    return sum(
        kernel[r, s] * img[r : r + height, s : s + width] for r in range(kh) for s in range(kw)
    )
