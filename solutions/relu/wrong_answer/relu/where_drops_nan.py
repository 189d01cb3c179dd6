"""Your result matches a choice by x > 0, a good rectifier for ordinary numbers. Check nan: every
comparison with nan is False.
"""

import torch


def relu(x):
    return torch.where(x > 0, x, 0.0)
