"""Whether a model may be trained in channels-last layout, in which larger convolutions are faster.

The same numbers lie in another order in memory, so a model that only calls torch gives the same.
One that reads memory as it lies does not: `view` fails where it would have to mix the order.
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn

__all__ = ["move_to_channels_last"]


def move_to_channels_last(model: nn.Module, images: Tensor) -> bool:
    """Put the kernels of a model into that layout, if its copy can take a step in it and gives the
    same as before; otherwise leave it as it is.

    Torch's generators are left as they are. `images` are such as the model takes.
    """
    devices = [images.device] if images.device.type == "cuda" else []
    try:
        with torch.random.fork_rng(devices=devices):
            usual = _outputs(copy.deepcopy(model), images)
            moved = _outputs(_moved(copy.deepcopy(model)), images)
            is_same = torch.allclose(usual, moved, rtol=1e-3, atol=1e-4)
    except Exception:  # whatever a model does in a trial: it is trained as it is
        return False
    if is_same:
        _moved(model)
    return is_same


def _moved(model: nn.Module) -> nn.Module:
    return nn.Module.to(model, memory_format=torch.channels_last)


def _outputs(model: nn.Module, images: Tensor) -> Tensor:
    """After a forward and a backward pass in training, where `forward` may go another way."""
    model.train()
    torch.autograd.backward(model(images).square().sum())
    model.eval()
    with torch.no_grad():
        outputs: Tensor = model(images)
    return outputs
