"""Your result matches a number in place of a layer. Check what should be returned."""


def make_layer(n):
    return n
