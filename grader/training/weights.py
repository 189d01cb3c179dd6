"""One short name for all parameters of a model, to tell whether two of them are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from torch import Tensor

__all__ = ["digest_of"]


def digest_of(parameters: Mapping[str, Tensor]) -> str:
    """SHA-256 over names and bytes, by name."""
    digest = hashlib.sha256()
    for name in sorted(parameters):
        digest.update(name.encode())
        digest.update(parameters[name].contiguous().numpy().tobytes())
    return digest.hexdigest() if parameters else ""
