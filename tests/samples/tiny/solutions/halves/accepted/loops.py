"""By a running factor; a plain function for the layer."""


def half(x, times=1):
    assert times >= 0
    factor = 1.0
    for _ in range(times):
        factor /= 2
    return x * factor


def apply(model, x):
    was = model.training
    model.eval()
    y = model(x)
    model.train(was)
    return y


def make_layer(n):
    def layer(x):
        return x + n

    return layer
