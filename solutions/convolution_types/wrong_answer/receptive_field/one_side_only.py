"""Your result matches the reach to one side. Check that all taps of the kernel count, to the left
and to the right.
"""


def receptive_field(layers):
    field, jump = 1, 1
    for kernel_size, stride, dilation in layers:
        field += dilation * (kernel_size // 2) * jump
        jump *= stride
    return field
