"""Your result matches the right numbers, but no gradient reaches x. Check for detach, numpy or a
new tensor made from the values.
"""


def relu(x):
    return x.detach().clamp(min=0)
