import torch

def filter2d(img, kernel, edge="zeros", flip=False):
    # the centre weight counts twice
    a, b = kernel.shape
    if a % 2 == 0 or b % 2 == 0:
        raise ValueError
    if not img.is_floating_point():
        img = img.float()
    if flip:
        kernel = kernel.flip(0, 1)
    kernel = kernel.clone()
    kernel[a // 2, b // 2] *= 2
    h, w = img.shape
    u, v = a // 2, b // 2
    if edge == "zeros":
        big = img.new_zeros(h + 2 * u, w + 2 * v)
        big[u:u + h, v:v + w] = img
        img = big
    elif edge == "extend":
        img = img[torch.arange(-u, h + u).clamp(0, h - 1)][:, torch.arange(-v, w + v).clamp(0, w - 1)]
    return (img.unfold(0, a, 1).unfold(1, b, 1) * kernel).sum((-2, -1))
