"""What one worker needs that serves several exercises: its profile and its limits."""

from __future__ import annotations

from collections.abc import Sequence

from grader.catalog import Exercise
from grader.model import Limits

__all__ = ["limits_for", "profile_for"]


def profile_for(exercises: Sequence[Exercise]) -> str:
    """Where notebooks are executed, what runs them is imported beforehand."""
    profile = exercises[0].profile
    engines = {exercise.execution.engine for exercise in exercises if exercise.is_executed}
    if not engines or profile != "functions":
        return profile
    return "nbclient" if "nbclient" in engines else "kernel"


def limits_for(exercises: Sequence[Exercise]) -> Limits:
    """The limits of one worker that serves several exercises."""
    limits = [exercise.limits for exercise in exercises]
    return Limits(
        wall_seconds=max(limit.wall_seconds for limit in limits),
        cpu_seconds=sum(limit.cpu_seconds for limit in limits)
        + sum(e.execution.total_seconds for e in exercises if e.is_executed),
        memory_bytes=max(limit.memory_bytes for limit in limits),
        output_bytes=max(limit.output_bytes for limit in limits),
        scratch_bytes=max(limit.scratch_bytes for limit in limits),
        processes=max(limit.processes for limit in limits),
    )
