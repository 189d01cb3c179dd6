def softmax(x, dim=-1):
    z = x - x.max(dim=1, keepdim=True).values
    z = z.exp()
    return z / z.sum(dim=1, keepdim=True)
