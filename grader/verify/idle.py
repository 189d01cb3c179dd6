"""What an author wrote and nothing takes up: samples where nobody looks, names of nothing."""

from __future__ import annotations

import importlib.util
import pkgutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.catalog import Exercise

__all__ = ["unknown_calls", "unread_samples"]


def unread_samples(exercise: Exercise, kinds: Sequence[str]) -> Iterator[Path]:
    """The modules in folders of solutions/SLUG that are no sample of these kinds and no wrong
    answer: in a misspelt folder, or one level too high or too deep."""
    read = {path for kind in kinds for path in exercise.samples(kind)}
    read |= {wrong.path for wrong in exercise.wrong_answers}
    folder = exercise.reference.parent
    yield from sorted(path for path in folder.glob("*/**/*.py") if path not in read)


def unknown_calls(forbidden: Sequence[str]) -> Iterator[str]:
    """The forbidden names that no library here has; one that is not installed may have any."""
    for name in forbidden:
        full = f"torch.{name}" if name.startswith("Tensor.") else name
        package, _, rest = full.partition(".")
        is_installed = bool(package) and importlib.util.find_spec(package) is not None
        # a trace of calls knows torch's operators by such names too
        is_operator = package == "torch" and _exists(f"torch.ops.aten.{rest}")
        if is_installed and not (is_operator or _exists(full)):
            yield name


def _exists(name: str) -> bool:
    try:
        pkgutil.resolve_name(name)
    except (AttributeError, ImportError, ValueError):
        return False
    return True
