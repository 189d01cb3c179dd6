"""Your result matches the first channel. Check that all channels of the layer are returned."""

import torch
from torch import Tensor, nn


def feature_maps(model: nn.Module, x: Tensor, layer: str) -> Tensor:
    kept = []
    hook = model.get_submodule(layer).register_forward_hook(
        lambda module, arguments, output: kept.append(output[:, :1].detach().clone())
    )
    model(x)
    hook.remove()
    return kept[0]
