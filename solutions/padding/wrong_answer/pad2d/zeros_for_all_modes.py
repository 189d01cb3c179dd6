"""Your result matches a border of zeros in every mode. Check that the mode decides what the
border holds.
"""


def pad2d(x, pad, mode="zeros"):
    left, right, top, bottom = (pad,) * 4 if isinstance(pad, int) else pad
    if min(left, right, top, bottom) < 0:
        raise ValueError(f"negative width in {pad}")
    height, width = x.shape[-2:]
    if mode == "reflect" and (max(left, right) >= width or max(top, bottom) >= height):
        raise ValueError(f"border {pad} is too wide for {mode}")
    if mode == "circular" and (max(left, right) > width or max(top, bottom) > height):
        raise ValueError(f"border {pad} is too wide for {mode}")
    padded = x.new_zeros(*x.shape[:-2], top + height + bottom, left + width + right)
    padded[..., top : top + height, left : left + width] = x
    return padded
