"""Your result matches the widest single kernel. Check that the layers add up."""


def receptive_field(layers):
    return max((dilation * (kernel_size - 1) + 1 for kernel_size, _, dilation in layers), default=1)
