"""Your result matches max(0, -x). Check the sign: positive numbers stay, negative ones become 0."""


def relu(x):
    return (-x).clamp(min=0)
