"""Your result matches a stack in which all strides are 1. Check that the strides before a layer
multiply its steps.
"""


def receptive_field(layers):
    field = 1
    for kernel_size, stride, dilation in layers:
        field += dilation * (kernel_size - 1)
    return field
