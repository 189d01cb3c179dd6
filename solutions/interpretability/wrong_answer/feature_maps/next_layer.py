"""Your result matches the layer after the one asked for. Check which module the hook is registered
on.
"""

import torch
from torch import Tensor, nn


def feature_maps(model: nn.Module, x: Tensor, layer: str) -> Tensor:
    names = [name for name, module in model.named_modules() if not list(module.children())]
    layer = names[min(names.index(layer) + 1, len(names) - 1)] if layer in names else layer
    kept = []
    hook = model.get_submodule(layer).register_forward_hook(
        lambda module, arguments, output: kept.append(output.detach().clone())
    )
    model(x)
    hook.remove()
    return kept[0]
