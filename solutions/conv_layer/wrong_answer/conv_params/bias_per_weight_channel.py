"""Your result matches one bias for each pair of input and output channel. Check what a bias
belongs to: a filter as a whole.
"""


def conv_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    if in_channels % groups or out_channels % groups:
        raise ValueError(f"{groups} groups do not divide the channels")
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    weights = out_channels * (in_channels // groups) * kh * kw
    return weights + (out_channels * (in_channels // groups) if bias else 0)
