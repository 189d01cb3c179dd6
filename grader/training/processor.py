"""What this machine's processor is good at."""

from __future__ import annotations

import functools
from pathlib import Path

__all__ = ["is_half_used_by_mkl"]

_LIST = Path("/proc/cpuinfo")


@functools.cache
def is_half_used_by_mkl() -> bool:
    """Whether matrix products of MKL, which torch takes, are slower here than those of oneDNN.

    Measured on an EPYC of the fifth generation; MKL tells processors apart by their maker. False
    where the maker is not known.
    """
    try:
        return "AuthenticAMD" in _LIST.read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
