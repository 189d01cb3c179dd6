"""Your result matches the share in per cent, a hundred times too large. Check that it is a
fraction between 0 and 1.
"""

import torch


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            correct += int((model(images).argmax(dim=1) == labels).sum())
            total += len(labels)
    model.train(was_training)
    return 100 * correct / total
