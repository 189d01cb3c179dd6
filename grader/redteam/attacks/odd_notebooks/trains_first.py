"""Trains for minutes before the functions are defined."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["notebook", "executed"]
# ///

import torch

model = torch.nn.Linear(10, 10)
for epoch in range(10**9):
    model(torch.ones(1, 10)).sum().backward()

# %%
def double(x):
    return x * 2
