"""What a function gets right: the options at whose defaults no tested case goes wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.compare import Batch, CheckKind
from grader.messages import say
from grader.protocol import Value

__all__ = ["right_when"]

MIN_RIGHT = 3  # cases that show it is right there
MAX_CONDITIONS = 2


def right_when(batches: Sequence[Batch], defaults: Mapping[str, Value]) -> tuple[str, ...]:
    """Ends of "right whenever …", such as "`padding` is 0"; at most two.

    Args:
        batches: all that one function was asked.
        defaults: its options and their default values.
    """
    cases = [
        (named, is_wrong)
        for batch in batches
        if batch.asked.check.kind is CheckKind.VALUES
        for (_, named), is_wrong in zip(batch.asked.calls, batch.wrong, strict=False)
    ]
    found = []
    for name, default in defaults.items():
        at_default = [wrong for named, wrong in cases if _is_default(named, name, default)]
        elsewhere = [wrong for named, wrong in cases if not _is_default(named, name, default)]
        if len(at_default) >= MIN_RIGHT and not any(at_default) and any(elsewhere):
            found.append(say("right.when", name=name, value=repr(default)))
    return tuple(found[:MAX_CONDITIONS])


def _is_default(named: Mapping[str, Value], name: str, default: Value) -> bool:
    if name not in named:
        return True
    value = named[name]
    return type(value) is type(default) and value == default
