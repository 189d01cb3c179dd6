"""Accepted: counts windows one by one, without any formula."""


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError("the stride is at least 1")
    taps = [dilation * tap for tap in range(kernel_size)]
    start, windows = 0, 0
    while start + taps[-1] < size + 2 * padding:
        windows += 1
        start += stride
    if windows == 0:
        raise ValueError("the kernel does not fit")
    return windows


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    assert 2 * padding <= kernel_size, "padding is at most half the window"
    stride = kernel_size if stride is None else stride
    last_tap = dilation * (kernel_size - 1)
    windows, end = 0, -padding
    for start in range(-padding, size, stride):
        complete = start + last_tap < size + padding
        if complete or (ceil_mode and end < size + padding):
            windows += 1
        if not complete:
            break
        end = start + last_tap + 1
    return windows


def same_padding(kernel_size, dilation=1):
    left = right = 0
    for missing in range(dilation * (kernel_size - 1)):
        if missing % 2 == 0:
            right += 1
        else:
            left += 1
    return [left, right]
