"""The training loop: runs in the worker for a student's model, and outside for the reference."""

from grader.steps.harnesses import HARNESSES, REPORTS, inside
from grader.steps.loop import Loop, as_fractions, batched_outputs
from grader.steps.models import REFERENCE, lenet, logistic_regression, mlp, small_cnn
from grader.steps.optimizers import adam
from grader.steps.reference import ReferenceRun

__all__ = [
    "HARNESSES",
    "REFERENCE",
    "REPORTS",
    "Loop",
    "ReferenceRun",
    "adam",
    "as_fractions",
    "batched_outputs",
    "inside",
    "lenet",
    "logistic_regression",
    "mlp",
    "small_cnn",
]
