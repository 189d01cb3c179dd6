"""Your result matches the recursion from the last layer, run from the first one. Check the
direction of the loop.
"""


def receptive_field(layers):
    field = 1
    for kernel_size, stride, dilation in layers:
        field = field * stride + dilation * (kernel_size - 1) + 1 - stride
    return field
