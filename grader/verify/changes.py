"""The single changes that make a mutant: what one expression or statement can become."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping
from typing import Final

__all__ = ["expressions", "statements"]

OPERATORS: Final[Mapping[type[ast.operator], tuple[type[ast.operator], ...]]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
}
COMPARISONS: Final[Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_PAIRS = (
    ("floor", "ceil"), ("max", "min"), ("amax", "amin"), ("argmax", "argmin"), ("sum", "mean"),
    ("maximum", "minimum"), ("zeros", "ones"), ("new_zeros", "new_ones"), ("std", "var"),
    ("zeros_like", "ones_like"), ("float32", "float64"), ("float", "double"), ("int64", "int32"),
    ("exp", "expm1"), ("log", "log1p"), ("any", "all"), ("height", "width"), ("rows", "columns"),
    ("train", "eval"),
)  # fmt: skip
NAMES: Final[Mapping[str, str]] = {
    **dict(_PAIRS), **{b: a for a, b in _PAIRS}, "round": "int", "ceil_mode": "False",
}  # fmt: skip
"""Names that stand for something close: as attributes, and as functions that are called."""

SYMMETRIC: Final = frozenset({"max", "min", "maximum", "minimum", "flip"})
"""Functions for which the order of arguments says nothing."""


def expressions(node: ast.expr) -> Iterator[ast.expr]:
    """What could stand in the place of an expression."""
    match node:
        case ast.Constant():
            yield from _constants(node)
        case ast.BinOp():
            for operator in OPERATORS.get(type(node.op), ()):
                yield ast.BinOp(left=node.left, op=operator(), right=node.right)
        case ast.Attribute(ctx=ast.Load()) if node.attr in NAMES:
            yield ast.Attribute(value=node.value, attr=NAMES[node.attr], ctx=ast.Load())
        case ast.Tuple(ctx=ast.Load(), elts=[_, _, *_]):
            yield from _tuples(node)
        case ast.Call():
            yield from _calls(node)
        case _:
            yield from _conditions(node)


def _conditions(node: ast.expr) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(ops=[only]):
            for comparison in COMPARISONS.get(type(only), ()):
                yield ast.Compare(left=node.left, ops=[comparison()], comparators=node.comparators)
        case ast.BoolOp(op=operator):
            other = ast.Or() if isinstance(operator, ast.And) else ast.And()
            yield ast.BoolOp(op=other, values=node.values)
            yield from node.values
        case ast.UnaryOp(op=ast.USub() | ast.Not()):
            yield node.operand
        case ast.IfExp():
            yield ast.IfExp(test=_not(node.test), body=node.body, orelse=node.orelse)


def _constants(node: ast.Constant) -> Iterator[ast.expr]:
    match node.value:
        case bool() as truth:
            yield ast.Constant(not truth)
        case int() as number:
            yield ast.Constant(number + 1)
            yield ast.Constant(number - 1)
        case float() as number:
            yield ast.Constant(number * 1.1 + (number == 0) * 0.1)
        case None:
            yield ast.Constant(1)
        case str() as text if text:
            yield ast.Constant(text + "_")


def _tuples(node: ast.Tuple) -> Iterator[ast.expr]:
    """Two neighbours change places, or one is left out (an axis, a side)."""
    for first in range(len(node.elts) - 1):
        swapped = list(node.elts)
        swapped[first], swapped[first + 1] = swapped[first + 1], swapped[first]
        yield ast.Tuple(elts=swapped, ctx=ast.Load())
    if len(node.elts) > 2:
        yield ast.Tuple(elts=node.elts[1:], ctx=ast.Load())


def _calls(node: ast.Call) -> Iterator[ast.expr]:
    for place in range(len(node.keywords)):
        fewer = [k for i, k in enumerate(node.keywords) if i != place]
        yield ast.Call(func=node.func, args=node.args, keywords=fewer)
    for first in range(len(node.args) - 1) if _name(node.func) not in SYMMETRIC else ():
        swapped = list(node.args)
        swapped[first], swapped[first + 1] = swapped[first + 1], swapped[first]
        yield ast.Call(func=node.func, args=swapped, keywords=node.keywords)
    match node.func:
        case ast.Name(id="range"):
            last = ast.BinOp(left=node.args[-1], op=ast.Sub(), right=ast.Constant(1))
            yield ast.Call(func=node.func, args=[*node.args[:-1], last], keywords=[])
        case ast.Name(id=name) if name in NAMES:
            func = ast.Name(id=NAMES[name], ctx=ast.Load())
            yield ast.Call(func=func, args=node.args, keywords=node.keywords)
        case ast.Name(id="float" | "int" | "abs") if len(node.args) == 1:
            yield node.args[0]
        case ast.Attribute(value=owner) if not isinstance(owner, ast.Name) or node.args == []:
            yield owner  # the method is not called: no clamp, no flip, no clone, no abs


def _name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def statements(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """What could stand in the place of a statement."""
    match node:
        case ast.If():
            yield [_with_test(node, _not(node.test))]
            if all(isinstance(one, ast.Raise) for one in node.body):
                yield node.orelse or [ast.Pass()]
            if node.orelse:
                yield node.body
        case ast.Return(value=ast.expr() as value):
            yield [ast.Return(value=ast.UnaryOp(op=ast.USub(), operand=value))]
        case ast.Assign(targets=[ast.Name(id=name)]):
            yield [ast.Pass()]
            yield [node, ast.Return(value=ast.Name(id=name, ctx=ast.Load()))]
        case ast.AugAssign(op=operator):
            yield [ast.Pass()]
            yield [ast.Assign(targets=[node.target], value=node.value)]
            for other in OPERATORS.get(type(operator), ()):
                yield [ast.AugAssign(target=node.target, op=other(), value=node.value)]
        case ast.Expr() | ast.Assign() | ast.AnnAssign() | ast.Delete():
            yield [ast.Pass()]


def _with_test(node: ast.If, test: ast.expr) -> ast.If:
    return ast.If(test=test, body=node.body, orelse=node.orelse)


def _not(test: ast.expr) -> ast.expr:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return ast.UnaryOp(op=ast.Not(), operand=copy.deepcopy(test))
