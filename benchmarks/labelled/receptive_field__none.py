def receptive_field(layers):
    # strides counted from the last layer on
    r, jump = 1, 1
    for k, s, d in reversed(list(layers)):
        r += (k - 1) * d * jump
        jump *= s
    return r
