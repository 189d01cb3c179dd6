"""Your result matches the right share, but every forward builds a graph that nobody needs. Check
that gradients are switched off while the model computes.
"""

import torch


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    correct = total = 0
    for images, labels in loader:
        correct += int((model(images).argmax(dim=1) == labels).sum())
        total += len(labels)
    model.train(was_training)
    return correct / total
