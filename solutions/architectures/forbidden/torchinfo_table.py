"""Forbidden: layer_table asks a library for the table; topk_error is right."""

import torchinfo


def layer_table(model, shape):
    return [
        (layer.var_name, tuple(layer.output_size), layer.num_params)
        for layer in torchinfo.summary(model, shape, verbose=0).summary_list
    ]


def topk_error(scores, y, k=5):
    if k < 1:
        raise ValueError("k is 1 or more")
    own = scores.gather(1, y[:, None])
    return ((scores > own).sum(1) >= k).double().mean().item()
