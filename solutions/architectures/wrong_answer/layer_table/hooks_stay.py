"""Your result matches the right table, but the hooks stay on the model. Check what
register_forward_hook returns, and call remove on each.
"""

import torch
from torch import nn


def layer_table(model: nn.Module, shape: tuple[int, ...]) -> list[tuple[str, tuple[int, ...], int]]:
    rows, seen = [], set()

    def note(name, module, arguments, output):
        if name not in seen:
            seen.add(name)
            rows.append((name, tuple(output.shape), sum(p.numel() for p in module.parameters())))

    for name, module in model.named_modules():
        if not list(module.children()):
            module.register_forward_hook(lambda m, a, o, name=name: note(name, m, a, o))
    device = next((p.device for p in model.parameters()), None)
    was_training = model.training
    with torch.no_grad():
        model.eval()(torch.zeros(shape, device=device))
    model.train(was_training)
    return rows
