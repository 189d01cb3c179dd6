"""Returns a tensor of a class that answers comparisons itself."""

# /// attack
# verdicts = { double = "FAILED" }
# forms = ["module", "notebook"]
# ///

import torch


class Right(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        if function in (torch.equal, torch.allclose, torch.Tensor.equal, torch.Tensor.allclose):
            return True
        with torch._C.DisableTorchFunctionSubclass():
            return function(*args, **(kwargs or {}))


def double(x):
    return torch.zeros(x.shape).as_subclass(Right)
