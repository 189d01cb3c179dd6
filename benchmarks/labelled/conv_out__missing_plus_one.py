def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    assert stride >= 1
    reach = dilation * kernel_size - dilation + 1
    room = size + 2 * padding - reach
    if room < 0:
        raise RuntimeError("too big")
    q, _ = divmod(room, stride)
    return q
