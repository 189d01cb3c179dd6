"""Your result matches the share in the first batch alone. Check where the function returns:
inside the loop, or behind it.
"""

import torch


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        for images, labels in loader:
            correct = int((model(images).argmax(dim=1) == labels).sum())
            model.train(was_training)
            return correct / len(labels)
