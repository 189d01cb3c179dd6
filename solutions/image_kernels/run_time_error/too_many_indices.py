"""Run-time error: treats a grey image as if it had colours."""


def filter2d(img, kernel, edge="zeros", flip=False):
    channels, height, width = img.shape
    return img[:, : height - kernel.shape[0] + 1, : width - kernel.shape[1] + 1]
