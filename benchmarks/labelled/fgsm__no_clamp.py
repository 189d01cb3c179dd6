import torch
from torch import nn

def fgsm(model, x, y, eps):
    image = x.clone().detach()
    image.requires_grad = True
    loss = nn.functional.cross_entropy(model(image), y)
    g = torch.autograd.grad(loss, image)[0]
    return (image.detach() + eps * torch.sign(g))
