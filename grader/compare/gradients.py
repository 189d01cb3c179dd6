"""Gradients in words and as Python: what was differentiated, with respect to what.

What is differentiated is a weighted sum of the result (see grader.observe.calls). Nobody can guess
the weights from the numbers, so whoever shows a gradient shows them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import torch

from grader.compare.describing import (
    MAX_SNIPPET_VALUES,
    clean,
    floats_text,
    is_floating,
    runnable,
    source_of,
)
from grader.messages import say
from grader.observe import result_weights
from grader.protocol import ArrayValue, Value

__all__ = ["gradient_sentence", "gradient_snippet", "leaf_names"]

_DIGITS = 4  # after the point, of a weight


def leaf_names(
    arguments: Sequence[Value], options: Mapping[str, Value], parameters: Sequence[str] = ()
) -> tuple[str, ...]:
    """The arguments that a gradient is taken of, in the order in which `observe` finds them.

    Args:
        arguments, options: of the call.
        parameters: names of the positional ones, as far as they are known.
    """
    named = {_name(place, parameters): value for place, value in enumerate(arguments)}
    return tuple(leaf for pair in (named | dict(options)).items() for leaf in _leaves(*pair))


def _name(place: int, parameters: Sequence[str]) -> str:
    return parameters[place] if place < len(parameters) else f"x{place or ''}"


def _leaves(name: str, value: Value) -> Iterator[str]:
    if isinstance(value, ArrayValue) and value.kind == "tensor" and is_floating(value):
        yield name
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from _leaves(f"{name}[{index}]", item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(f"{name}[{key!r}]", item)


def gradient_sentence(function: str, leaf: str, got: Value, result: Value) -> str:
    """What is wrong with a gradient, and what the numbers shown are.

    Args:
        function: its name.
        leaf: the argument that it is the gradient of.
        got: the gradient; None if none arrived.
        result: what the function is to return, which is weighed.
    """
    wrong = say("differs.cut off" if got is None else "differs.gradient", name=clean(leaf))
    is_one = isinstance(result, ArrayValue)
    shown = "differs.gradient.shown" if is_one else "differs.gradient.all"
    return f"{wrong} {say(shown, name=clean(leaf), function=function)}"


def gradient_snippet(
    function: str,
    arguments: Sequence[Value],
    options: Mapping[str, Value],
    *,
    module: str,
    parameters: Sequence[str],
    result: Value,
    seed: int,
) -> str:
    """Python that repeats the call and prints the gradients; "" where that would be too long.

    Args:
        function: its name.
        arguments, options: of the call.
        module: where the function is imported from; "" if it is at hand, as in a notebook.
        parameters: names of the positional arguments.
        result: what the function is to return.
        seed: of the weights.
    """
    leaves = leaf_names(arguments, options, parameters)
    if not leaves or not isinstance(result, ArrayValue):
        return ""
    lines: list[str] = []
    parts: list[str] = []
    try:
        for place, value in enumerate(arguments):
            parts.append(_argument(_name(place, parameters), value, leaves, lines))
        for name, value in options.items():
            parts.append(f"{name}={_argument(name, value, leaves, lines)}")
    except ValueError:
        return ""
    call = f"{function}({', '.join(parts)})"
    lines += _differentiated(call, result, seed, "w" if "w" not in leaves else "weights")
    lines.append(f"print({', '.join(f'{name}.grad' for name in leaves)})")
    return runnable("\n".join(lines), function, module)


def _argument(name: str, value: Value, leaves: Sequence[str], lines: list[str]) -> str:
    """An argument in the call; one that asks for a gradient gets a line of its own.

    Raises:
        ValueError: it has no source, or a gradient is asked of a part of it.
    """
    if name in leaves:
        lines.append(f"{name} = {source_of(value)}.requires_grad_()")
        return name
    if any(_leaves(name, value)):
        raise ValueError(f"{name} holds tensors")
    return source_of(value)


def _differentiated(call: str, result: ArrayValue, seed: int, name: str) -> list[str]:
    """The lines that differentiate: with the weights, unless there are too many to write down."""
    if result.elements > MAX_SNIPPET_VALUES:
        return [f"{call}.sum().backward()  # a hidden test weighs the values before it sums them"]
    weights = result_weights(result.shape, torch.Generator().manual_seed(seed))
    numbers = [round(number, _DIGITS) for number in weights.flatten().tolist()]
    return [
        f"{name} = torch.tensor({floats_text(numbers, result.shape)})",
        f"({call} * {name}).sum().backward()",
    ]
