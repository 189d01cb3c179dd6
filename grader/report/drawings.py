"""What a failing call does, drawn: sizes on a line, padding modes, the window over the input.

A drawing is made from the arguments of the failing case, by the name of the function; a function,
a size or a call that it does not know gives none. It shows how the operation reads its input and
never more of the expected result than the page states beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from grader.model import Facet, Mismatch
from grader.report.calls import Call, UndrawableError, bind
from grader.report.draw_grids import padding, window
from grader.report.draw_sizes import sizes
from grader.report.page_case import Drawing

__all__ = ["draw"]

_POOL = ("x", "kernel_size", "stride", "padding", "ceil_mode", "count_include_pad")
_KNOWN: Mapping[str, tuple[Callable[[Call], Drawing], tuple[str, ...]]] = {
    "conv_out": (sizes, ("size", "kernel_size", "stride", "padding", "dilation")),
    "pool_out": (sizes, ("size", "kernel_size", "stride", "padding", "dilation", "ceil_mode")),
    "pad2d": (padding, ("x", "pad", "mode")),
    "max_pool2d": (window, _POOL),
    "avg_pool2d": (window, _POOL),
    "conv2d": (window, ("x", "weight", "bias", "stride", "padding")),
    "filter2d": (window, ("x", "weight", "edge", "flip")),
}


def draw(function: str, mismatch: Mismatch) -> Drawing | None:
    """The drawing of a failing case, if there is one for this function and call."""
    if function not in _KNOWN or mismatch.facet is Facet.GRADIENT:
        return None  # the place of a wrong gradient is one in the input, not in the result
    drawn, names = _KNOWN[function]
    try:
        return drawn(bind(function, names, mismatch))
    except UndrawableError:
        return None
