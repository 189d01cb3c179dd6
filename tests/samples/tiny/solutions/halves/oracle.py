import torch


def half(x, times=1):
    return torch.div(x, 2**times)


def apply(model, x):
    model.eval()
    return model(x)


def make_layer(n):
    return lambda x: x + n
