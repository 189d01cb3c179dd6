import torch

def conv2d(x, weight, bias=None, stride=1, padding=0):
    two = lambda v: (v, v) if isinstance(v, int) else tuple(v)
    s, p = two(stride), two(padding)
    n, c, h, w = x.shape
    o, ci, kh, kw = weight.shape
    if c != ci or kh > h + 2 * p[0] or kw > w + 2 * p[1]:
        raise ValueError
    big = x.new_zeros(n, c, h + 2 * p[0], w + 2 * p[1])
    big[:, :, p[0]:p[0] + h, p[1]:p[1] + w] = x
    cols = big.unfold(2, kh, s[0]).unfold(3, kw, s[1]).permute(0, 2, 3, 1, 4, 5).flatten(3)
    return (cols @ weight.flatten(1).T).permute(0, 3, 1, 2)
