"""Your result matches the layer's filters. Check that what the layer returns for x is kept."""

import torch
from torch import Tensor, nn


def feature_maps(model: nn.Module, x: Tensor, layer: str) -> Tensor:
    module = model.get_submodule(layer)
    if hasattr(module, "weight"):
        return module.weight.detach().clone()
    kept = []
    hook = model.get_submodule(layer).register_forward_hook(
        lambda module, arguments, output: kept.append(output.detach().clone())
    )
    model(x)
    hook.remove()
    return kept[0]
