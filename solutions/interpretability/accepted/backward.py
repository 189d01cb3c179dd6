"""The .grad of a leaf, a hook that is a function, and a list of frames."""

import torch
import torch.nn as nn


def feature_maps(model, x, layer):
    frames = {}

    def remember(module, inputs, output):
        frames["maps"] = output.clone()

    handle = dict(model.named_modules())[layer].register_forward_hook(remember)
    model(x)
    handle.remove()
    return frames["maps"].detach()


def filter_images(weight):
    result = torch.zeros_like(weight)
    for f in range(weight.size(0)):
        smallest, largest = weight[f].min(), weight[f].max()
        if largest > smallest:
            result[f] = (weight[f] - smallest) / (largest - smallest)
    return result


def _frozen(model):
    flags = [(p, p.requires_grad) for p in model.parameters()]
    for parameter, _ in flags:
        parameter.requires_grad_(False)
    return flags


def _thawed(flags):
    for parameter, flag in flags:
        parameter.requires_grad_(flag)


def saliency(model, x, y):
    flags = _frozen(model)
    image = x.clone().requires_grad_(True)
    scores = model(image)
    chosen = scores[torch.arange(len(y)), y]
    chosen.backward(torch.ones_like(chosen))
    _thawed(flags)
    return image.grad.abs().max(dim=1)[0]


def fgsm(model, x, y, eps):
    flags = _frozen(model)
    image = x.clone()
    image.requires_grad = True
    nn.CrossEntropyLoss()(model(image), y).backward()
    _thawed(flags)
    return torch.clamp(x + eps * torch.sign(image.grad), min=0, max=1)


def maximise_activation(model, x, unit, steps=10, lr=0.1):
    flags = _frozen(model)
    image = x.clone().requires_grad_()
    for _ in range(steps):
        image.grad = None
        model(image)[:, unit].sum().backward()
        with torch.no_grad():
            image += lr * image.grad
    _thawed(flags)
    return image.detach()
