"""Your result matches a product of the kernel sizes. Check that each layer adds to the field."""


def receptive_field(layers):
    field = 1
    for kernel_size, stride, dilation in layers:
        field *= kernel_size
    return field
