"""Your result matches the average over the channels. Check that each channel's map is returned."""

import torch
from torch import Tensor, nn


def feature_maps(model: nn.Module, x: Tensor, layer: str) -> Tensor:
    kept = []
    hook = model.get_submodule(layer).register_forward_hook(
        lambda module, arguments, output: kept.append(output.mean(dim=1).detach())
    )
    model(x)
    hook.remove()
    return kept[0]
