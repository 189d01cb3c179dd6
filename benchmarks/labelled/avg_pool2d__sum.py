import torch

def avg_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    two = lambda v: (v, v) if isinstance(v, int) else tuple(v)
    k, p = two(kernel_size), two(padding)
    s = k if stride is None else two(stride)
    if p[0] > k[0] // 2 or p[1] > k[1] // 2:
        raise ValueError
    h, w = x.shape[-2:]
    def starts(n, k, s, p):
        free = n + 2 * p - k
        if free < 0:
            raise ValueError
        c = free // s + 1
        if ceil_mode and free % s and c * s < n + p:
            c += 1
        return [i * s - p for i in range(c)]
    rows = []
    for i in starts(h, k[0], s[0], p[0]):
        row = []
        for j in starts(w, k[1], s[1], p[1]):
            patch = x[..., max(i, 0):i + k[0], max(j, 0):j + k[1]]
            row.append(patch.sum((-2, -1)))
        rows.append(torch.stack(row, -1))
    return torch.stack(rows, -2)
