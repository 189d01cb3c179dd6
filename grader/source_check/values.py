"""What an expression may stand for, as far as its text tells."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TypeAlias

from grader.source_check.scopes import Function, Module, Scope

__all__ = ["External", "Instance", "Literal", "Made", "Own", "OwnClass", "OwnModule", "Value"]


@dataclass(frozen=True, slots=True)
class External:
    """Something of a library, by its full dotted name."""

    name: str


@dataclass(frozen=True, slots=True)
class Made:
    """What calling the External of this name gave: a tensor, a layer, …"""

    name: str


@dataclass(frozen=True, slots=True)
class Own:
    """A function of the student's, and where it was defined."""

    node: Function
    scope: Scope


@dataclass(frozen=True, slots=True)
class OwnClass:
    """A class of the student's."""

    node: ast.ClassDef
    scope: Scope


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a student's class."""

    cls: OwnClass


@dataclass(frozen=True, slots=True)
class OwnModule:
    """Another file of the submission."""

    module: Module


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, text, list, dict …: nothing of a library's."""

    node: ast.expr
    scope: Scope


Value: TypeAlias = External | Made | Own | OwnClass | Instance | OwnModule | Literal
