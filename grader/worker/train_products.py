"""Large matrix products by oneDNN, which torch has at hand for convolutions, instead of by MKL.

On processors of AMD, MKL takes twice as long for them: its fastest instructions are for Intel's.
An epoch of a 784-512-512-10 network takes 0.6 of the time; LeNet's products are too small to gain.

Torch looks up who carries out an operation by device, below automatic differentiation, so models,
optimisers and whatever else a student writes stay as they are; the last digit of a product may not.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

__all__ = ["by_onednn", "is_worth_it"]

_FEWEST_WEIGHTS = 1 << 16  # of one layer: below this a call by way of Python costs what it gains
_FEWEST_PRODUCTS = 1 << 21  # multiplications of numbers in one call


def is_worth_it(model: nn.Module) -> bool:
    """Whether a model has a layer whose products are large."""
    return any(p.ndim == 2 and p.numel() >= _FEWEST_WEIGHTS for p in model.parameters())


def by_onednn() -> Any:
    """From now on large products of float32 matrices on the CPU are oneDNN's, for as long as the
    object that is returned lives; None where this torch cannot do so."""
    backends: Any = torch.backends
    kernels: Any = torch.library
    has_both = backends.mkldnn.is_available() and backends.mkl.is_available()
    has_product = has_both and hasattr(torch.ops.mkldnn, "_linear_pointwise")
    if not has_product or not hasattr(kernels, "get_kernel"):  # it came with torch 2.9
        return None
    product = torch.ops.mkldnn._linear_pointwise.default  # what torch.compile calls for a layer
    usual_mm = kernels.get_kernel("aten::mm", "CPU")
    usual_addmm = kernels.get_kernel("aten::addmm", "CPU")

    def mm(keys: Any, left: Tensor, right: Tensor) -> Tensor:
        if _are_large(left, right):
            result: Tensor = product(left, right.t(), None, "none", [], "")
        else:
            result = usual_mm.call_boxed(keys, left, right)
        return result

    def addmm(
        keys: Any, bias: Tensor, left: Tensor, right: Tensor, *, beta: Any = 1, alpha: Any = 1
    ) -> Tensor:
        is_layer = beta == 1 == alpha and bias.ndim == 1 and bias.dtype is torch.float32
        if is_layer and _are_large(left, right) and len(bias) == right.shape[1]:
            result: Tensor = product(left, right.t(), bias, "none", [], "")
        else:
            result = usual_addmm.call_boxed(keys, bias, left, right, beta=beta, alpha=alpha)
        return result

    ours = kernels.Library("aten", "IMPL")
    ours.impl("mm", mm, "CPU", with_keyset=True)
    ours.impl("addmm", addmm, "CPU", with_keyset=True)
    return ours


def _are_large(left: Tensor, right: Tensor) -> bool:
    is_product = left.ndim == 2 == right.ndim and left.shape[1] == right.shape[0]
    return (
        is_product
        and left.dtype is torch.float32 is right.dtype
        and len(left) * right.numel() >= _FEWEST_PRODUCTS
    )
