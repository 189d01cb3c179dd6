"""Your result matches the right numbers in float32, whatever the dtype of the image. Check a
float64 image.
"""

import torch


def filter2d(img, kernel, edge="zeros", flip=False):
    kh, kw = kernel.shape
    if kh % 2 == 0 or kw % 2 == 0:
        raise ValueError(f"a kernel of {kh} x {kw} has no centre")
    image = img.float()
    numbers = kernel.flip(0, 1) if flip else kernel
    height, width = image.shape
    up, left = kh // 2, kw // 2
    if edge == "zeros":
        framed = image.new_zeros(height + 2 * up, width + 2 * left)
        framed[up : up + height, left : left + width] = image
    elif edge == "extend":
        rows = torch.arange(-up, height + up).clamp(0, height - 1)
        columns = torch.arange(-left, width + left).clamp(0, width - 1)
        framed = image[rows[:, None], columns]
    else:
        framed = image
    windows = framed.unfold(0, kh, 1).unfold(1, kw, 1)
    result = (windows * numbers).sum((-2, -1))
    return result.float()
