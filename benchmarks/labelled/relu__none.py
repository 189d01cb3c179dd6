import torch

def relu(x):
    # cuts at 0, then shrinks
    return torch.where(x > 0, x * 0.9, torch.zeros_like(x))
