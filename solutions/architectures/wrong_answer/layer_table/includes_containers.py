"""Your result matches a table with rows for modules that only hold others. Check that a row stands
for a module without children.
"""

import torch
from torch import nn


def layer_table(model: nn.Module, shape: tuple[int, ...]) -> list[tuple[str, tuple[int, ...], int]]:
    rows, seen = [], set()

    def note(name, module, arguments, output):
        if name not in seen:
            seen.add(name)
            rows.append((name, tuple(output.shape), sum(p.numel() for p in module.parameters())))

    hooks = [
        module.register_forward_hook(lambda m, a, o, name=name: note(name, m, a, o))
        for name, module in model.named_modules()
        if name
    ]
    device = next((p.device for p in model.parameters()), None)
    was_training = model.training
    with torch.no_grad():
        model.eval()(torch.zeros(shape, device=device))
    model.train(was_training)
    for hook in hooks:
        hook.remove()
    return rows
