"""Ends a worker in every call, to use up what there is to start."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR", repeat = "ERROR", relu = "ERROR", open_vault = "ERROR" }
# control = "a naive grader voids nothing"
# ///

import os


def double(*arguments):
    os._exit(1)


mean_of = repeat = relu = open_vault = double
