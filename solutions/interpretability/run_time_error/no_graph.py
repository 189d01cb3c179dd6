"""Run-time error: saliency goes backward to images that do not require gradients."""

import torch


def feature_maps(model, x, layer):
    kept = []
    hook = model.get_submodule(layer).register_forward_hook(lambda m, i, o: kept.append(o.clone()))
    model(x)
    hook.remove()
    return kept[0].detach()


def filter_images(weight):
    low, high = weight.amin((1, 2, 3), keepdim=True), weight.amax((1, 2, 3), keepdim=True)
    return (weight - low) / (high - low).clamp(min=1e-30)


def saliency(model, x, y):
    score = model(x)[torch.arange(len(y)), y].sum()
    return torch.autograd.grad(score, x)[0].abs().amax(1)


def fgsm(model, x, y, eps):
    image = x.clone().requires_grad_()
    loss = torch.nn.functional.cross_entropy(model(image), y)
    return (x + eps * torch.autograd.grad(loss, image)[0].sign()).clamp(0, 1)


def maximise_activation(model, x, unit, steps=10, lr=0.1):
    image = x.clone()
    for _ in range(steps):
        image.requires_grad_()
        step = torch.autograd.grad(model(image)[:, unit].sum(), image)[0]
        image = (image + lr * step).detach()
    return image
