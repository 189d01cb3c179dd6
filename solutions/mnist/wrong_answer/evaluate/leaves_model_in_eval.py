"""Your result matches the right share, but the model stays in eval mode afterwards. Check that
the mode from before is remembered and restored.
"""

import torch


def evaluate(model, loader):
    model.eval()
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            correct += int((model(images).argmax(dim=1) == labels).sum())
            total += len(labels)
    return correct / total
