"""Time limit exceeded: looks for a tensor without negative elements, and nan never is one."""


def relu(x):
    result = x.clone()
    while not (result >= 0).all():
        result[result < 0] = 0
    return result
