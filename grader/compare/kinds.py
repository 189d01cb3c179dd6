"""Whether type and dtype of a result agree, and what kinds of values are called."""

from __future__ import annotations

from grader.compare.checks import Difference
from grader.compare.describing import clean
from grader.messages import say
from grader.model import Facet
from grader.protocol import ArrayValue, Handle, Unsendable, Value

__all__ = ["kind_of", "type_difference"]


def type_difference(expected: Value, got: Value) -> Difference | None:
    """Type and dtype. A list for a tuple and numpy's numbers for Python's are tolerated."""
    match expected, got:
        case (list() | tuple(), list() | tuple()) if len(expected) == len(got):
            pairs = zip(expected, got, strict=True)
            return next((d for e, g in pairs if (d := type_difference(e, g)) is not None), None)
        case ArrayValue(), ArrayValue() if got.kind != "scalar":
            if expected.dtype == got.dtype:
                return None
            return Difference(
                facet=Facet.DTYPE,
                sentence=say("differs.dtype", got=got.dtype, wanted=expected.dtype),
            )
        case bool(), ArrayValue(kind="scalar", dtype="bool"):
            return None
        case int(), ArrayValue(kind="scalar") if "int" in got.dtype and type(expected) is int:
            return None
        case float(), ArrayValue(kind="scalar") if "float" in got.dtype:
            return None
        case _ if type(expected) is type(got) and not isinstance(expected, ArrayValue):
            return None
    return Difference(
        facet=Facet.TYPE,
        sentence=say("differs.type", got=kind_of(got), wanted=kind_of(expected)),
    )


def kind_of(value: Value) -> str:
    """In words, such as "a tensor of 2 dimensions"."""
    match value:
        case None:
            return "None"
        case ArrayValue(kind="tensor"):
            dimensions = len(value.shape)
            key = f"kind.tensor.{dimensions}" if dimensions < 2 else "kind.tensor"
            return say(key, n=dimensions)
        case ArrayValue():
            is_array = value.kind == "array"
            return say("kind.array") if is_array else say("kind.number", dtype=value.dtype)
        case Handle() | Unsendable():
            return say("kind.object", name=clean(value.type_name, 200))
        case _:
            name = type(value).__name__
            return say("kind.an" if name[0] in "aeiou" else "kind.a", name=name)
