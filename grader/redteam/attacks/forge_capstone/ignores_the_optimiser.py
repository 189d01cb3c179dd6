"""Trains with its own loop behind the loop that is counted."""

# /// attack
# needs = "the checks of honest training"
# control = "the naive grader trains nothing"
# ///

STEPS = 10_000
