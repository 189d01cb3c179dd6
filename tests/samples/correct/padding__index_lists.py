"""Lists of indices made by Python, RuntimeError for errors, index_select."""
import torch


def index(i, n, mode):
    if mode == "replicate":
        return min(max(i, 0), n - 1)
    if mode == "circular":
        return i % n
    i = abs(i)
    return i if i < n else 2 * (n - 1) - i


def pad2d(x, pad, mode="zeros"):
    left, right, top, bottom = [pad] * 4 if isinstance(pad, int) else pad
    height, width = x.shape[-2:]
    if min(left, right, top, bottom) < 0:
        raise RuntimeError("negative")
    if mode == "reflect" and (max(left, right) >= width or max(top, bottom) >= height):
        raise RuntimeError("too wide to reflect")
    if mode == "circular" and (max(left, right) > width or max(top, bottom) > height):
        raise RuntimeError("too wide to wrap")
    if mode == "zeros":
        out = torch.zeros(*x.shape[:-2], height + top + bottom, width + left + right, dtype=x.dtype)
        out[..., top : top + height, left : left + width] = x
        return out
    rows = torch.tensor([index(i, height, mode) for i in range(-top, height + bottom)])
    columns = torch.tensor([index(j, width, mode) for j in range(-left, width + right)])
    return x.index_select(-2, rows).index_select(-1, columns)
