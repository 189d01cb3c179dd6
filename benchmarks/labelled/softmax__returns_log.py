def softmax(x, dim=-1):
    shift = x - x.amax(dim, keepdim=True)
    return shift - shift.exp().sum(dim, keepdim=True).log()
