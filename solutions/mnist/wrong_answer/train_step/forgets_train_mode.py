"""Your result matches a step in the mode that the model comes in. Check that the model is in
train mode, so that batch normalisation learns and dropout drops.
"""

import torch.nn.functional as F


def train_step(model, optimizer, images, labels):
    optimizer.zero_grad()
    loss = F.nll_loss(model(images), labels)
    loss.backward()
    optimizer.step()
    return loss.item()
