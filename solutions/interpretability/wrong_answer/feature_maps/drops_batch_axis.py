"""Your result matches the first image's maps without a batch axis. Check that all images of the
batch are returned.
"""

import torch
from torch import Tensor, nn


def feature_maps(model: nn.Module, x: Tensor, layer: str) -> Tensor:
    kept = []
    hook = model.get_submodule(layer).register_forward_hook(
        lambda module, arguments, output: kept.append(output[0].detach().clone())
    )
    model(x)
    hook.remove()
    return kept[0]
