import torch

def relu(x):
    negative = x < 0
    out = x.clone()
    out[negative] = out[negative] * 0.01
    return out
