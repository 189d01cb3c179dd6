"""Your result matches the number of right answers divided by the number of batches. Check that
images are counted in the place of batches.
"""

import torch


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            correct += int((model(images).argmax(dim=1) == labels).sum())
            total += 1
    model.train(was_training)
    return correct / total
