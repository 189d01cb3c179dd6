"""Your result matches the average over the images. Check that each image has its own maps."""

import torch
from torch import Tensor, nn


def feature_maps(model: nn.Module, x: Tensor, layer: str) -> Tensor:
    kept = []
    hook = model.get_submodule(layer).register_forward_hook(
        lambda module, arguments, output: kept.append(output.mean(dim=0, keepdim=True).detach())
    )
    model(x)
    hook.remove()
    return kept[0]
