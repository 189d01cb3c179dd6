"""Your result matches black pixels around the image, also for extend. Check that extend copies
the nearest border pixel.
"""


def filter2d(img, kernel, edge="zeros", flip=False):
    kh, kw = kernel.shape
    if kh % 2 == 0 or kw % 2 == 0:
        raise ValueError(f"a kernel of {kh} x {kw} has no centre")
    image = img if img.is_floating_point() else img.float()
    numbers = kernel.flip(0, 1) if flip else kernel
    height, width = image.shape
    up, left = kh // 2, kw // 2
    if edge in ("zeros", "extend"):
        framed = image.new_zeros(height + 2 * up, width + 2 * left)
        framed[up : up + height, left : left + width] = image
    else:
        framed = image
    windows = framed.unfold(0, kh, 1).unfold(1, kw, 1)
    result = (windows * numbers).sum((-2, -1))
    return result
