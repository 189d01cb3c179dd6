"""Accepted: writes zeros into a copy."""


def relu(x):
    result = x.clone()
    result[x < 0] = 0
    return result
