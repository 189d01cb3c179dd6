"""Time limit exceeded: train_step goes on until the loss is exactly 0."""

import torch.nn.functional as F


def train_step(model, optimizer, images, labels):
    model.train()
    while True:
        optimizer.zero_grad()
        loss = F.nll_loss(model(images), labels)
        loss.backward()
        optimizer.step()
        if loss.item() < 0:
            return loss.item()
