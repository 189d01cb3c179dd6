"""Grades submissions: only this knows the order of the stages. It prints and stores nothing."""

from grader.pipeline.diagnosis import Diagnosis, hint_of, wrong_answer_submission
from grader.pipeline.grading import GradedAttempt, grade, grade_each, provenance
from grader.pipeline.replies import pack_replies, unpack_replies

__all__ = [
    "Diagnosis",
    "GradedAttempt",
    "grade",
    "grade_each",
    "hint_of",
    "pack_replies",
    "provenance",
    "unpack_replies",
    "wrong_answer_submission",
]
