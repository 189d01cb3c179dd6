"""Grades submissions: the only place that knows the order of the stages. Prints and stores nothing."""

from grader.pipeline.grading import GradedAttempt, grade
from grader.pipeline.replies import pack_replies, unpack_replies

__all__ = ["GradedAttempt", "grade", "pack_replies", "unpack_replies"]
