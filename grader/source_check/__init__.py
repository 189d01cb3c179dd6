"""Static checks of a student's source; pure ast, they run nothing."""

from grader.source_check.bindings import Binding, bindings_of, bound_by, is_main_guard
from grader.source_check.forbidden import Checker, Finding, Report
from grader.source_check.names import Forbidden
from grader.source_check.pieces import Piece
from grader.source_check.scopes import Module

__all__ = [
    "Binding",
    "Checker",
    "Finding",
    "Forbidden",
    "Module",
    "Piece",
    "Report",
    "bindings_of",
    "bound_by",
    "is_main_guard",
]
