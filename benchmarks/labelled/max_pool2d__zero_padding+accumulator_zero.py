import torch

def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    two = lambda v: (v, v) if isinstance(v, int) else tuple(v)
    k, p = two(kernel_size), two(padding)
    s = k if stride is None else two(stride)
    if p[0] > k[0] // 2 or p[1] > k[1] // 2:
        raise ValueError
    h, w = x.shape[-2:]
    def count(n, k, s, p):
        free = n + 2 * p - k
        if free < 0:
            raise ValueError
        c = free // s + 1
        if ceil_mode and free % s and c * s < n + p:
            c += 1
        return c
    oh, ow = count(h, k[0], s[0], p[0]), count(w, k[1], s[1], p[1])
    big = x.new_zeros(*x.shape[:-2], h + 2 * p[0], w + 2 * p[1])
    big[..., p[0]:p[0] + h, p[1]:p[1] + w] = x
    rows = []
    for i in range(oh):
        row = [big[..., i * s[0]:i * s[0] + k[0], j * s[1]:j * s[1] + k[1]].amax((-2, -1)) for j in range(ow)]
        rows.append(torch.stack(row, -1))
    return torch.stack(rows, -2)
