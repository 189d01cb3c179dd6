"""Knows the 10,000 test images of MNIST by heart."""

# /// attack
# needs = "the checks of honest training"
# control = "the naive grader trains nothing"
# ///

LABELS = {}
