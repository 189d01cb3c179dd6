import torch

def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    two = lambda v: (v, v) if isinstance(v, int) else tuple(v)
    k, p = two(kernel_size), two(padding)
    s = k if stride is None else two(stride)
    if p[0] > k[0] // 2 or p[1] > k[1] // 2:
        raise ValueError
    h, w = x.shape[-2:]
    if h + 2 * p[0] < k[0] or w + 2 * p[1] < k[1]:
        raise ValueError
    big = x.new_full((*x.shape[:-2], h + 2 * p[0], w + 2 * p[1]), float("-inf"))
    big[..., p[0]:p[0] + h, p[1]:p[1] + w] = x
    return big.unfold(-2, k[0], s[0]).unfold(-2, k[1], s[1]).amax((-2, -1))
