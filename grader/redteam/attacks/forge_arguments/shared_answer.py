"""Returns one and the same tensor every time, and changes what it gave before."""

# /// attack
# verdicts = { double = "FAILED" }
# ///

import torch

ANSWER = torch.zeros(1)


def double(x):
    ANSWER.resize_(x.shape).zero_()
    x.zero_()
    return ANSWER
