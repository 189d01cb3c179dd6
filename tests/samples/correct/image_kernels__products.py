"""Sum of shifted images; whole images as float; RuntimeError."""
import torch


def filter2d(img, kernel, edge="zeros", flip=False):
    kh, kw = kernel.shape
    if kh % 2 == 0 or kw % 2 == 0:
        raise RuntimeError("odd kernels only")
    if not img.dtype.is_floating_point:
        img = img.float()
    if flip:
        kernel = torch.flip(kernel, (0, 1))
    height, width = img.shape
    up, left = kh // 2, kw // 2
    if edge == "zeros":
        framed = torch.zeros(height + 2 * up, width + 2 * left, dtype=img.dtype)
        framed[up : up + height, left : left + width] = img
        img = framed
    elif edge == "extend":
        img = torch.cat([img[:1]] * up + [img] + [img[-1:]] * up)
        img = torch.cat([img[:, :1]] * left + [img] + [img[:, -1:]] * left, dim=1)
    rows, columns = img.shape[0] - kh + 1, img.shape[1] - kw + 1
    total = 0
    for i in range(kh):
        for j in range(kw):
            total = total + kernel[i, j] * img[i : i + rows, j : j + columns]
    return total
