"""Your result matches a total that grows from row to row. Check that each row has the parameters of
its own layer.
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
        if not list(module.children())
    ]
    device = next((p.device for p in model.parameters()), None)
    was_training = model.training
    with torch.no_grad():
        model.eval()(torch.zeros(shape, device=device))
    model.train(was_training)
    for hook in hooks:
        hook.remove()
    return [(n, s, sum(c for _, _, c in rows[: i + 1])) for i, (n, s, _) in enumerate(rows)]
