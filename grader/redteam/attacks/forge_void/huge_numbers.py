"""Returns whole numbers that no float can hold."""

# /// attack
# verdicts = { mean_of = "FAILED", double = "FAILED", open_vault = "FAILED", repeat = "FAILED" }
# control = "a naive grader voids nothing"
# ///

def mean_of(x):
    return 2**4000


def double(x):
    return [2**4000, -(2**4090)]


def open_vault(n):
    return 2**100_000


def repeat(text):
    return 2**4000
