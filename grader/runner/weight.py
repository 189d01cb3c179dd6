"""How much memory an answer holds in the grader for as long as it is kept: roughly, never less."""

from __future__ import annotations

from grader.protocol import ArrayValue, Observation, Raised, Value

__all__ = ["weight_of"]

_OF_ANY_OBJECT = 64
_OF_A_RECORD = 600


def weight_of(observation: Observation) -> int:
    """Bytes. Answers are at most 32 levels deep: their frame made sure of it."""
    gradients = observation.gradients or ()
    return _OF_A_RECORD + sum(map(_weight, (observation.result, *gradients, *observation.changed)))


def _weight(value: Value) -> int:
    match value:
        case ArrayValue():
            return _OF_A_RECORD + len(value.buffer)
        case str():
            return _OF_ANY_OBJECT + 4 * len(value)
        case bytes():
            return _OF_ANY_OBJECT + len(value)
        case list() | tuple():
            return _OF_ANY_OBJECT + sum(8 + _weight(item) for item in value)
        case dict():
            return _OF_ANY_OBJECT + sum(
                100 + _weight(key) + _weight(item) for key, item in value.items()
            )
        case Raised():
            return _OF_A_RECORD + 4 * (len(value.text) + len(value.type_name))
        case int() if value.bit_length() > 64:
            return _OF_ANY_OBJECT + value.bit_length() // 8
        case None | bool() | int() | float() | complex():
            return _OF_ANY_OBJECT
        case _:
            return _OF_A_RECORD + 4 * len(getattr(value, "type_name", ""))
