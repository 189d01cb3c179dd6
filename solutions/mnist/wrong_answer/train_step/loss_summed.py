"""Your result matches the sum of the losses over the batch, whose step grows with its size.
Check that the loss is the mean.
"""

import torch.nn.functional as F


def train_step(model, optimizer, images, labels):
    model.train()
    optimizer.zero_grad()
    loss = F.nll_loss(model(images), labels, reduction="sum")
    loss.backward()
    optimizer.step()
    return loss.item()
