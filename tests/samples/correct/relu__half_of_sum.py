"""A clone with assignment where negative; nan compares false and so stays."""


def relu(activations):
    result = activations.clone()
    result[activations < 0] = 0
    return result
