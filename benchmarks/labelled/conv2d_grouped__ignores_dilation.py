import torch

def conv2d_grouped(x, weight, stride=1, padding=0, dilation=1, groups=1):
    n, c, h, w = x.shape
    o, ci, kh, kw = weight.shape
    if c != ci * groups or o % groups:
        raise ValueError
    big = x.new_zeros(n, c, h + 2 * padding, w + 2 * padding)
    big[:, :, padding:padding + h, padding:padding + w] = x
    parts = []
    for g in range(groups):
        xs = big[:, g * ci:(g + 1) * ci]
        ws = weight[g * (o // groups):(g + 1) * (o // groups)]
        cols = xs.unfold(2, kh, stride).unfold(3, kw, stride)
        parts.append(torch.einsum("ncijrs,ocrs->noij", cols, ws))
    return torch.cat(parts, 1)
