"""Your result matches kernels that cover dilation * kernel_size pixels. Check that there are
kernel_size - 1 gaps between the taps.
"""


def receptive_field(layers):
    field, jump = 1, 1
    for kernel_size, stride, dilation in layers:
        field += (dilation * kernel_size - 1) * jump
        jump *= stride
    return field
