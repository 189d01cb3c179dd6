"""Which library functions a list of forbidden names covers; the trace of calls asks it too."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Forbidden"]

_HARMLESS = ("torch.nn.Module", "torch.nn.Parameter")
_TENSOR = "torch.Tensor."


class Forbidden:
    """A name is a dotted prefix ("torch.nn", "torch.conv1d"), or "Tensor.NAME" for a method."""

    def __init__(self, names: Iterable[str]) -> None:
        listed = tuple(names)
        self._methods = {n.removeprefix("Tensor.") for n in listed if n.startswith("Tensor.")}
        self._prefixes = [n for n in listed if not n.startswith("Tensor.")]

    def covers_method(self, name: str) -> bool:
        """Whether this method of a tensor is forbidden, or the one that it is in place."""
        return name in self._methods or name.rstrip("_") in self._methods

    def covers(self, name: str) -> bool:
        """Whether the function or class of this full dotted name is forbidden."""
        if any(name == h or name.startswith(h + ".") for h in _HARMLESS):
            return False
        if name.startswith(_TENSOR) and self.covers_method(name.removeprefix(_TENSOR)):
            return True
        names = (name, name.rstrip("_"))  # `relu_` is `relu`, in place
        return any(
            one == prefix or one.startswith(prefix + ".")
            for prefix in self._prefixes
            for one in names
        )
