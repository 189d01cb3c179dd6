"""Your result matches a step that is taken before the gradients of its batch are known. Check
the order of the two calls.
"""

import torch.nn.functional as F


def train_step(model, optimizer, images, labels):
    model.train()
    loss = F.nll_loss(model(images), labels)
    optimizer.step()
    optimizer.zero_grad()
    loss.backward()
    return loss.item()
