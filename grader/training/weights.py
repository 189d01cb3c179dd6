"""One short name for all parameters of a model, to tell whether two of them are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import torch
from torch import Tensor

__all__ = ["digest_of"]


def digest_of(parameters: Mapping[str, Tensor]) -> str:
    """SHA-256 over names and bytes, by name; "" if there are none. Names and dtypes may be any."""
    digest = hashlib.sha256()
    for name in sorted(parameters):
        digest.update(name.encode("utf-8", "surrogatepass"))
        flat = parameters[name].contiguous().flatten()
        digest.update(flat.view(torch.uint8).numpy().tobytes())  # numpy has no bfloat16
    return digest.hexdigest() if parameters else ""
