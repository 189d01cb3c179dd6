def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    n = 0
    position = -padding
    while position + kernel_size <= size + padding:
        n += 1
        position += stride
        if n > 10000:
            break
    return n
