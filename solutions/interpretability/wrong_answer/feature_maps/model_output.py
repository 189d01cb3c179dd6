"""Your result matches the output of the whole model. Check that the output of the named layer is
returned.
"""

import torch
from torch import Tensor, nn


def feature_maps(model: nn.Module, x: Tensor, layer: str) -> Tensor:
    return model(x).detach()
