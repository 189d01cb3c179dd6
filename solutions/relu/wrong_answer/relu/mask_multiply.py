"""Your result matches x times the mask of positive elements, a good rectifier for ordinary
numbers. Check -inf: times 0 it gives nan.
"""


def relu(x):
    return x * (x > 0)
