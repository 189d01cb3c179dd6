"""Running one call and turning live values into wire values and back; used on both sides."""

from grader.observe.arrays import array_from_wire, array_to_wire, tensor_to_wire
from grader.observe.builders import BUILDERS, TORCH_FUNCTIONS
from grader.observe.calls import observe, result_weights
from grader.observe.raised import describe_exception
from grader.observe.recipes import recipe
from grader.observe.stand_ins import STAND_INS
from grader.observe.wire import Keep, Lookup, from_wire, name_of_type, refuse, to_wire

__all__ = [
    "BUILDERS",
    "STAND_INS",
    "TORCH_FUNCTIONS",
    "Keep",
    "Lookup",
    "array_from_wire",
    "array_to_wire",
    "describe_exception",
    "from_wire",
    "name_of_type",
    "observe",
    "recipe",
    "refuse",
    "result_weights",
    "tensor_to_wire",
    "to_wire",
]
