"""Your result matches the right map, but the weights of the model change. Check that no optimiser
takes a step: the model is asked here, not trained.
"""

import torch
from torch import Tensor, nn


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    optimizer.zero_grad()
    pixels = x.clone().requires_grad_()
    model(pixels).gather(1, y[:, None]).sum().backward()
    optimizer.step()
    return pixels.grad.abs().amax(dim=1)
