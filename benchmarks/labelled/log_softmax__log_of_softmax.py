import torch

def log_softmax(x, dim=-1):
    e = torch.exp(x - torch.amax(x, dim=dim, keepdim=True))
    p = e / torch.sum(e, dim=dim, keepdim=True)
    return torch.log(p)
