"""Static checks of a student's source; pure ast, they run nothing."""

from grader.source_check.pieces import Piece

__all__ = ["Piece"]
