def same_padding(kernel_size, dilation=1):
    reach = (kernel_size - 1) * dilation
    right = reach // 2
    return (reach - right, right)
