def log_softmax(x, dim=-1):
    e = (x - x.amax(dim, keepdim=True)).exp()
    total = e.sum(dim, keepdim=True)
    return e.div(total)
