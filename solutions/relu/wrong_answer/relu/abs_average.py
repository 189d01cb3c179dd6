"""Your result matches (x + |x|) / 2, a good rectifier for ordinary numbers. Check -inf and very
large numbers: the sum overflows.
"""


def relu(x):
    return (x + x.abs()) / 2
