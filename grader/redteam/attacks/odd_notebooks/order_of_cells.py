"""Has cells out of order, and twice."""

# /// attack
# verdicts = { double = "PASSED", mean_of = "PASSED" }
# points = 5
# forms = ["notebook", "executed"]
# ///

print(double(torch.ones(1)))

# %%
def double(x):
    return x * TWO

# %%
import torch

# %%
TWO = 2

# %%
def double(x):
    return x * TWO

# %%
def mean_of(x):
    return float(torch.mean(x))
