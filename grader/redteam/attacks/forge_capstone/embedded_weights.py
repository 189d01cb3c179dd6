"""Carries trained weights in its own source instead of training."""

# /// attack
# needs = "the checks of honest training"
# control = "the naive grader trains nothing"
# ///

WEIGHTS = b"..."
