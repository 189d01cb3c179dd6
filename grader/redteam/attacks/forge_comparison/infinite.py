"""Returns infinities, which make tolerances infinite."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED" }
# control = "no comparison of the naive grader takes its tolerance from the answer"
# ///

def double(x):
    return x * float("inf") + float("inf")


def mean_of(x):
    return float("inf")
