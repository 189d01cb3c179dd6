"""Run-time error: tensors have no method `positive_part`."""


def relu(x):
    return x.positive_part()
