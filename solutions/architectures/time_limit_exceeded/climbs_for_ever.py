"""Time limit exceeded: layer_table looks for the innermost module and never leaves it."""


def layer_table(model, shape):
    rows = []
    module = model
    while module is not None:
        for name, child in module.named_children():
            module = child
        rows = rows[-10:] + [("", tuple(shape), 0)]
    return rows


def topk_error(scores, y, k=5):
    if k < 1:
        raise ValueError("k is 1 or more")
    own = scores.gather(1, y[:, None])
    return ((scores > own).sum(1) >= k).double().mean().item()
