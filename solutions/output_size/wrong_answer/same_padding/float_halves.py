"""Your result matches the right numbers as floats. Check that both are ints, as no image can be
padded by half a pixel.
"""

import numpy as np


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return float(np.floor(total / 2)), float(np.ceil(total / 2))
