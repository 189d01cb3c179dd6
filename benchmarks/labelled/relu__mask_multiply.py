def relu(x):
    mask = (x > 0).to(x.dtype)
    return mask * x
