import torch

def saliency(model, x, y):
    image = x.clone().detach().requires_grad_(True)
    scores = model(image)
    picked = scores[torch.arange(len(y)), y].sum()
    g = torch.autograd.grad(picked, image)[0]
    return g.max(dim=1)[0]
