"""Your result matches a filter that takes any kernel. Check an even one: it has no centre, which
must raise ValueError.
"""

import torch


def filter2d(img, kernel, edge="zeros", flip=False):
    kh, kw = kernel.shape
    image = img if img.is_floating_point() else img.float()
    numbers = kernel.flip(0, 1) if flip else kernel
    height, width = image.shape
    up, left = kh // 2, kw // 2
    if edge == "zeros":
        framed = image.new_zeros(height + kh - 1, width + kw - 1)
        framed[up : up + height, left : left + width] = image
    elif edge == "extend":
        rows = torch.arange(-up, height + kh - 1 - up).clamp(0, height - 1)
        columns = torch.arange(-left, width + kw - 1 - left).clamp(0, width - 1)
        framed = image[rows[:, None], columns]
    else:
        framed = image
    windows = framed.unfold(0, kh, 1).unfold(1, kw, 1)
    result = (windows * numbers).sum((-2, -1))
    return result
