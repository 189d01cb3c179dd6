import torch


def pad2d(x, pad, mode="zeros"):
    if type(pad) == int:
        left = right = top = bottom = pad
    else:
        left, right, top, bottom = pad

    if left < 0 or right < 0 or top < 0 or bottom < 0:
        raise ValueError("negative padding")

    H = x.shape[-2]
    W = x.shape[-1]
    if mode == "zeros":
        out = torch.zeros(list(x.shape[:-2]) + [H + top + bottom, W + left + right], dtype=x.dtype)
        out[..., top:top + H, left:left + W] = x
        return out
    if mode == "replicate":
        # first the columns, then the rows of the wider image, so the corners get filled too
        x = torch.cat([x[..., :1]] * left + [x] + [x[..., -1:]] * right, dim=-1)
        x = torch.cat([x[..., :1, :]] * top + [x] + [x[..., -1:, :]] * bottom, dim=-2)
        return x
    # reflect and circular are still missing
    return x
