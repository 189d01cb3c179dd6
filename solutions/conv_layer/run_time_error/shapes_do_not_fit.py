"""Run-time error: conv2d multiplies tensors whose shapes do not fit; conv_params is right."""


def conv2d(x, weight, bias=None, stride=1, padding=0):
    return x.flatten(1) @ weight.flatten(1)[:, :, None].expand(-1, -1, 3).reshape(-1, 7)


def conv_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    if in_channels % groups or out_channels % groups:
        raise ValueError("groups do not divide the channels")
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return out_channels * (in_channels // groups) * kh * kw + bias * out_channels
