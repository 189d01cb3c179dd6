"""Compares what a submission did with what the oracle did, and puts values into words.

All of it runs on the trusted side, on plain values that crossed the wire.
"""

from grader.compare.agreement import difference
from grader.compare.checks import Check, CheckKind, Difference
from grader.compare.describing import call_text, clean, describe, snippet
from grader.compare.gradients import gradient_sentence, gradient_snippet, leaf_names
from grader.compare.recording import (
    Answers,
    Asked,
    Batch,
    Recording,
    case_difference,
    wrong_answers,
)
from grader.compare.values import tensor_of

__all__ = [
    "Answers",
    "Asked",
    "Batch",
    "Check",
    "CheckKind",
    "Difference",
    "Recording",
    "call_text",
    "case_difference",
    "clean",
    "describe",
    "difference",
    "gradient_sentence",
    "gradient_snippet",
    "leaf_names",
    "snippet",
    "tensor_of",
    "wrong_answers",
]
