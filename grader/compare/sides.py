"""The two sides of a difference, named for a reader."""

from __future__ import annotations

from grader.messages import say
from grader.model import Described, Facet, Mismatch

__all__ = ["sides"]


def sides(mismatch: Mismatch) -> tuple[tuple[str, Described], ...]:
    """What is expected and what came, each with its name, as far as they are known."""
    kind = ".gradient" if mismatch.facet is Facet.GRADIENT else ""
    both = ("expected", mismatch.expected), ("got", mismatch.got)
    return tuple((say(f"side.{side}{kind}"), value) for side, value in both if value is not None)
