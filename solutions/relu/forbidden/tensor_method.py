"""Forbidden: the method of the same name, in a helper."""


def positive(x):
    return x.relu()


def relu(x):
    return positive(x)
