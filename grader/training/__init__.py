"""Trains submitted models within budgets, evaluates them outside of the worker, and explains."""

from grader.training.calibration import Calibration, calibrate
from grader.training.grading import (
    DataChoice,
    Trainer,
    Trainers,
    TrainingOptions,
    pick_data,
    unjudged,
)
from grader.training.split import Split, resplit

__all__ = [
    "Calibration",
    "DataChoice",
    "Split",
    "Trainer",
    "Trainers",
    "TrainingOptions",
    "calibrate",
    "pick_data",
    "resplit",
    "unjudged",
]
