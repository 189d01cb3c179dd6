"""Your result matches the right maps, but the later layers are gone from the model. Check how
register_forward_hook reads an output without changing the model.
"""

import torch
from torch import Tensor, nn


def feature_maps(model: nn.Module, x: Tensor, layer: str) -> Tensor:
    inside = model
    for part in layer.split("."):
        is_later = False
        for name, _ in list(inside.named_children()):
            if is_later:
                setattr(inside, name, nn.Identity())
            is_later = is_later or name == part
        inside = inside.get_submodule(part)
    with torch.no_grad():
        return model(x).clone()
