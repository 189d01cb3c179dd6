"""Emits warnings of every kind."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import warnings

warnings.warn("at import")


def double(x):
    for kind in (UserWarning, DeprecationWarning, SyntaxWarning, ResourceWarning):
        warnings.warn("in a call", kind)
    return x * 2
