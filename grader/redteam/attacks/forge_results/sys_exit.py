"""Raises SystemExit, KeyboardInterrupt and GeneratorExit in calls."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR", repeat = "ERROR" }
# control = "pytest counts these as failures"
# ///

import sys


def double(x):
    sys.exit(0)


def mean_of(x):
    raise KeyboardInterrupt


def repeat(text):
    raise GeneratorExit
