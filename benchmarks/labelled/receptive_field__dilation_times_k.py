def receptive_field(layers):
    jump, r = 1, 1
    for layer in layers:
        k, s, d = layer
        r = r + (k * d - 1) * jump
        jump = jump * s
    return r
