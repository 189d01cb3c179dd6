"""Your result matches a dilation that goes on in all later layers. Check that only strides are
carried along.
"""


def receptive_field(layers):
    field, jump = 1, 1
    for kernel_size, stride, dilation in layers:
        field += dilation * (kernel_size - 1) * jump
        jump *= stride * dilation
    return field
