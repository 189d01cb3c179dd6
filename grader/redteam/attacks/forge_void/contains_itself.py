"""Returns lists and dicts that contain themselves."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED", repeat = "FAILED" }
# control = "a naive grader voids nothing"
# ///

def double(x):
    one = []
    one.append(one)
    return one


def mean_of(x):
    one = {}
    one["one"] = one
    return one


def repeat(text):
    one = [text]
    for _ in range(60):
        one = [one, one]
    return one
