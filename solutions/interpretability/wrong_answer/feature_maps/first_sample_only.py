"""Your result matches the maps of the first image. Check that all images of the batch are
returned.
"""

import torch
from torch import Tensor, nn


def feature_maps(model: nn.Module, x: Tensor, layer: str) -> Tensor:
    kept = []
    hook = model.get_submodule(layer).register_forward_hook(
        lambda module, arguments, output: kept.append(output[:1].detach().clone())
    )
    model(x)
    hook.remove()
    return kept[0]
