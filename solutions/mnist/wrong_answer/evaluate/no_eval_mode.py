"""Your result matches an evaluation in the mode that the model comes in. Check that it is in
eval mode, where batch normalisation keeps its statistics.
"""

import torch


def evaluate(model, loader):
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            correct += int((model(images).argmax(dim=1) == labels).sum())
            total += len(labels)
    return correct / total
