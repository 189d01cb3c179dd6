"""Keeps what one test asks, and tells it in the answers to another one."""

# /// attack
# verdicts = { double = "ERROR", repeat = "PASSED" }
# points = 1
# control = "a naive grader shows it at once"
# ///

KEPT = []


def repeat(text):
    KEPT.append(text)
    return text * 2


def double(x):
    raise ValueError(" ".join(KEPT))


def mean_of(x):
    return " ".join(KEPT)


def relu(x):
    return type(" ".join(KEPT) or "nothing", (), {})()
