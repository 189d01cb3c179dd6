import torch


def pad_last(x, before, after, mode):
    n = x.shape[-1]
    if mode == "replicate":
        front = x[..., :1].expand(*x.shape[:-1], before)
        back = x[..., -1:].expand(*x.shape[:-1], after)
    elif mode == "reflect":
        if before >= n or after >= n:
            raise ValueError("reflect: pad must be less than the size")
        front = x[..., 1 : before + 1].flip(-1)
        back = x[..., n - 1 - after : n - 1].flip(-1)
    elif mode == "circular":
        if before > n or after > n:
            raise ValueError("circular: pad must not be more than the size")
        front = x[..., n - before :]
        back = x[..., :after]
    else:
        front = x.new_zeros(*x.shape[:-1], before)
        back = x.new_zeros(*x.shape[:-1], after)
    return torch.cat([front, x, back], dim=-1)


def pad2d(x, pad, mode="zeros"):
    left, right, top, bottom = [pad] * 4 if isinstance(pad, int) else pad
    if min(left, right, top, bottom) < 0:
        raise ValueError("negative pad")
    wide = pad_last(x, left, right, mode)
    return pad_last(wide.transpose(-1, -2), top, bottom, mode).transpose(-1, -2)
