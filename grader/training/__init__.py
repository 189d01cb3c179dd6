"""Trains submitted models within budgets, evaluates them outside of the worker, and explains."""

from grader.training.calibration import Calibration, calibrate
from grader.training.grading import Trainer, pick_data
from grader.training.split import Split, resplit

__all__ = ["Calibration", "Split", "Trainer", "calibrate", "pick_data", "resplit"]
