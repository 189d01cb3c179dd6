"""Your result matches a sum of whole kernels. Check that a layer adds kernel_size - 1 pixels, since
its first tap is there already.
"""


def receptive_field(layers):
    field, jump = 0, 1
    for kernel_size, stride, dilation in layers:
        field += dilation * kernel_size * jump
        jump *= stride
    return max(field, 1)
