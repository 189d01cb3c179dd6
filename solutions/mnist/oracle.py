"""What the hidden tests of mnist compare with: gradients taken by hand, all outputs at once."""

import torch


def train_step(model, optimizer, images, labels):
    model.train()
    rows = model(images)
    loss = -rows[torch.arange(len(labels)), labels].mean()
    parameters = list(model.parameters())
    for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters), strict=True):
        parameter.grad = gradient
    optimizer.step()
    return float(loss.detach())


def evaluate(model, loader):
    before = model.training
    model.eval()
    with torch.no_grad():
        outputs = torch.cat([model(images) for images, _ in loader])
    model.train(before)
    labels = torch.cat([labels for _, labels in loader])
    winners = outputs.sort(dim=1, descending=True, stable=True).indices[:, 0]
    return float((winners == labels).double().mean())
