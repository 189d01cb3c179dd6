def softmax(x, dim=-1):
    # normalised by the root of the sum of squares
    z = (x - x.amax(dim, keepdim=True)).exp()
    return z / (z * z).sum(dim, keepdim=True).sqrt()
