import torch

def filter2d(img, kernel, edge="zeros", flip=False):
    a, b = kernel.shape
    if a % 2 == 0 or b % 2 == 0:
        raise ValueError
    if not img.is_floating_point():
        img = img.float()
    h, w = img.shape
    u, v = a // 2, b // 2
    def pixel(i, j):
        if edge == "extend":
            return img[min(max(i, 0), h - 1), min(max(j, 0), w - 1)]
        if 0 <= i < h and 0 <= j < w:
            return img[i, j]
        return img.new_zeros(())
    r = range(u, h - u) if edge == "crop" else range(h)
    c = range(v, w - v) if edge == "crop" else range(w)
    rows = []
    for i in r:
        row = []
        for j in c:
            total = img.new_zeros(())
            for m in range(-u, u + 1):
                for n in range(-v, v + 1):
                    total = total + kernel[u - m, v - n] * pixel(i + m, j + n)
            row.append(total)
        rows.append(torch.stack(row))
    return torch.stack(rows)
