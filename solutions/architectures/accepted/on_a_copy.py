"""Everything on the meta device, in lists; ranks by counting in Python."""

import copy
import math

import torch
from torch import Tensor, nn


def layer_table(model: nn.Module, shape: tuple[int, ...]):
    twin = copy.deepcopy(model).to("meta").eval()
    names = {id(module): name for name, module in twin.named_modules()}
    rows = []

    def hook(module, arguments, output):
        name = names[id(module)]
        if all(name != row[0] for row in rows):
            sizes = [math.prod(p.shape) for p in module.parameters(recurse=False)]
            rows.append((name, tuple(output.size()), sum(sizes)))

    for module in twin.modules():
        if len(module._modules) == 0:
            module.register_forward_hook(hook)
    with torch.inference_mode():
        twin(torch.empty(shape, device="meta"))
    return rows


def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    assert k >= 1, "at least one guess"
    missed = 0
    for n in range(len(y)):
        own = scores[n][y[n]]
        better = [score for score in scores[n] if score > own]
        if len(better) >= k:
            missed += 1
    return missed / len(y)
