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
    oh, ow = (h + 2 * p[0] - kh) // s[0] + 1, (w + 2 * p[1] - kw) // s[1] + 1
    out = 0
    for a in range(kh):
        for b in range(kw):
            part = big[:, :, a:a + (oh - 1) * s[0] + 1:s[0], b:b + (ow - 1) * s[1] + 1:s[1]]
            out = out + torch.einsum("nchw,oc->nohw", part, weight[:, :, kh - 1 - a, kw - 1 - b])
    if bias is not None:
        out = out + bias.view(1, -1, 1, 1)
    return out
