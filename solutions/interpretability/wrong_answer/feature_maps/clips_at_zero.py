"""Your result matches the maps without their negative values. Check that they are kept as the layer
returned them.
"""

import torch
from torch import Tensor, nn


def feature_maps(model: nn.Module, x: Tensor, layer: str) -> Tensor:
    kept = []
    hook = model.get_submodule(layer).register_forward_hook(
        lambda module, arguments, output: kept.append(output.detach().clamp(min=0))
    )
    model(x)
    hook.remove()
    return kept[0]
