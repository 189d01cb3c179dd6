"""Your result matches winners that are looked for among the images of a batch. Check which axis
of the outputs counts the classes.
"""

import torch


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    correct = total = 0
    with torch.no_grad():
        for images, labels in loader:
            winners = model(images).argmax(dim=0)
            correct += int(sum(int(w) == int(y) for w, y in zip(winners, labels)))
            total += len(labels)
    model.train(was_training)
    return correct / total
