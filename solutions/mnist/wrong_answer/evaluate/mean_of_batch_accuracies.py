"""Your result matches the mean over batches, in which images of a small last batch weigh more.
Check that right answers and images are added up first.
"""

import torch


def evaluate(model, loader):
    was_training = model.training
    model.eval()
    shares = []
    with torch.no_grad():
        for images, labels in loader:
            shares.append(float((model(images).argmax(dim=1) == labels).double().mean()))
    model.train(was_training)
    return sum(shares) / len(shares)
