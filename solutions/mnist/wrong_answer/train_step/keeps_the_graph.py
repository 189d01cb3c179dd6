"""Your result matches the right loss, as a tensor that keeps the graph of the batch in memory.
Check that it is turned into a Python float.
"""

import torch.nn.functional as F


def train_step(model, optimizer, images, labels):
    model.train()
    optimizer.zero_grad()
    loss = F.nll_loss(model(images), labels)
    loss.backward()
    optimizer.step()
    return loss
