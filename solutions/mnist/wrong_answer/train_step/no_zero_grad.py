"""Your result matches the right one for the first step; in later steps gradients add up. Check
that they are set to zero once per step.
"""

import torch.nn.functional as F


def train_step(model, optimizer, images, labels):
    model.train()
    loss = F.nll_loss(model(images), labels)
    loss.backward()
    optimizer.step()
    return loss.item()
