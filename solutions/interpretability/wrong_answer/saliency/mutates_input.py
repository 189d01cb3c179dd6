"""Your result matches the right maps, but the caller's images change too. Check for operations that
end in an underscore or assign into x.
"""

import torch
from torch import Tensor, nn


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    total = model(pixels).gather(1, y[:, None]).sum()
    (gradient,) = torch.autograd.grad(total, pixels)
    x.zero_().add_(gradient)
    return x.abs().amax(dim=1)
