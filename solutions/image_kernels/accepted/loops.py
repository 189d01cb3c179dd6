"""Accepted: every pixel with every number of the kernel, indices held inside by hand."""

import torch


def filter2d(img, kernel, edge="zeros", flip=False):
    height, width = img.shape
    kh, kw = kernel.shape
    if kh % 2 != 1 or kw % 2 != 1:
        raise ValueError("odd kernels only")
    if img.dtype == torch.uint8:
        img = img.float()
    up, left = kh // 2, kw // 2
    if edge == "crop":
        rows, columns = range(up, height - up), range(left, width - left)
    else:
        rows, columns = range(height), range(width)
    result = torch.zeros((len(rows), len(columns)), dtype=img.dtype)
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            total = 0.0
            for r in range(kh):
                for s in range(kw):
                    y, x = row + r - up, column + s - left
                    if edge == "zeros" and not (0 <= y < height and 0 <= x < width):
                        continue
                    y, x = min(max(y, 0), height - 1), min(max(x, 0), width - 1)
                    number = kernel[kh - 1 - r, kw - 1 - s] if flip else kernel[r, s]
                    total = total + number * img[y, x]
            result[i, j] = total
    return result
