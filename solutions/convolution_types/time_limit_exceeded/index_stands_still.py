"""Time limit exceeded: receptive_field forgets to go on to the next layer after a stride."""


def conv_transpose_out(size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding")
    return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1


def receptive_field(layers):
    field, jump, at = 1, 1, 0
    while at < len(layers):
        kernel_size, stride, dilation = layers[at]
        if stride == 1:
            field += dilation * (kernel_size - 1) * jump
            at += 1
        else:
            jump *= stride
    return field


def separable_params(in_channels, out_channels, kernel_size, bias=True):
    return in_channels * (kernel_size**2 + bias) + out_channels * (in_channels + bias)


def conv_macs(height, width, in_channels, out_channels, kernel_size, stride=1, padding=0, groups=1):
    rows = (height + 2 * padding - kernel_size) // stride + 1
    columns = (width + 2 * padding - kernel_size) // stride + 1
    return rows * columns * out_channels * (in_channels // groups) * kernel_size**2


def conv2d_grouped(x, weight, stride=1, padding=0, dilation=1, groups=1):
    raise ValueError("not written yet")
