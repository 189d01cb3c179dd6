"""Your result matches the formula even where groups do not divide the channels. Check that this
case raises ValueError.
"""


def conv_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    weights = out_channels * (in_channels // groups) * kh * kw
    return weights + (out_channels if bias else 0)
