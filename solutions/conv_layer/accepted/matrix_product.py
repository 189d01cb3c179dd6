"""Accepted: gathers all windows into the columns of one matrix and multiplies once."""

import torch


def conv2d(x, weight, bias=None, stride=1, padding=0):
    sh, sw = [stride] * 2 if type(stride) is int else stride
    ph, pw = [padding] * 2 if type(padding) is int else padding
    batch, channels, height, width = x.shape
    filters, _, kh, kw = weight.shape
    tops = torch.arange(0, height + 2 * ph - kh + 1, sh)
    lefts = torch.arange(0, width + 2 * pw - kw + 1, sw)
    padded = x.new_zeros(batch, channels, height + 2 * ph, width + 2 * pw)
    padded[..., ph : ph + height, pw : pw + width] = x
    rows = tops[:, None] + torch.arange(kh)
    columns = lefts[:, None] + torch.arange(kw)
    windows = padded[:, :, rows[:, None, :, None], columns[None, :, None, :]]
    patches = windows.permute(0, 2, 3, 1, 4, 5).reshape(batch, len(tops) * len(lefts), -1)
    responses = patches @ weight.reshape(filters, -1).T
    if bias is not None:
        responses = responses + bias
    return responses.transpose(1, 2).reshape(batch, filters, len(tops), len(lefts))


def conv_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    kh, kw = [kernel_size] * 2 if type(kernel_size) is int else kernel_size
    seen, rest = divmod(in_channels, groups)
    filters, left_over = divmod(out_channels, groups)
    if rest or left_over:
        raise ValueError(f"groups={groups}")
    return groups * filters * (seen * kh * kw + bool(bias))
