"""Hooks with a class that counts, in an ordered dict; topk where nothing is tied."""

from collections import OrderedDict

import torch


class Recorder:
    def __init__(self, name, table):
        self.name = name
        self.table = table

    def __call__(self, module, inputs, output):
        if self.name not in self.table:
            count = 0
            for p in module.parameters():
                count += p.nelement()
            self.table[self.name] = (self.name, output.shape, count)


def layer_table(model, shape):
    table, handles = OrderedDict(), []
    for name, module in model.named_modules():
        if next(module.children(), None) is None:
            handles.append(module.register_forward_hook(Recorder(name, table)))
    parameters = list(model.parameters())
    if parameters:
        x = torch.zeros(*shape, device=parameters[0].device)
    else:
        x = torch.zeros(*shape)
    was_training = model.training
    model.eval()
    model(x)
    model.train(was_training)
    for handle in handles:
        handle.remove()
    return list(table.values())


def topk_error(scores, y, k=5):
    if k <= 0:
        raise ValueError("k")
    k = min(k, scores.shape[1])
    last = scores.topk(k, dim=1).values[:, -1]
    own = scores[torch.arange(len(y)), y]
    return float((own < last).float().mean())
