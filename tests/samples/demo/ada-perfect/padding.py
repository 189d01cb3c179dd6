import torch


def source_index(size, before, after, mode):
    """For each position of the padded axis: where its value comes from."""
    i = torch.arange(-before, size + after)
    if mode == "replicate":
        return i.clamp(0, size - 1)
    if mode == "circular":
        return i % size
    i = i.abs()
    return torch.where(i >= size, 2 * (size - 1) - i, i)


def pad2d(x, pad, mode="zeros"):
    if isinstance(pad, int):
        pad = (pad, pad, pad, pad)
    left, right, top, bottom = pad
    height, width = x.shape[-2], x.shape[-1]
    if min(pad) < 0:
        raise ValueError(f"pad must not be negative: {pad}")
    if mode == "zeros":
        out = x.new_zeros(*x.shape[:-2], height + top + bottom, width + left + right)
        out[..., top : top + height, left : left + width] = x
        return out
    if mode == "reflect" and (max(left, right) >= width or max(top, bottom) >= height):
        raise ValueError("reflect needs a pad that is smaller than the image")
    if mode == "circular" and (max(left, right) > width or max(top, bottom) > height):
        raise ValueError("circular cannot pad by more than the image itself")
    if mode not in ("replicate", "reflect", "circular"):
        raise ValueError(f"unknown mode {mode!r}")
    rows = source_index(height, top, bottom, mode).to(x.device)
    columns = source_index(width, left, right, mode).to(x.device)
    return x.index_select(-2, rows).index_select(-1, columns)
