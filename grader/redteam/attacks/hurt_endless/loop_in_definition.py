"""Loops for ever in what a function needs: a default, a decorator, an assignment."""

# /// attack
# verdicts = { double = "TIMEOUT|ERROR", mean_of = "PASSED" }
# points = 2
# forms = ["module", "notebook"]
# ///

def forever():
    while True:
        pass


def mean_of(x):
    return x.mean().item()


TWO = forever()


def double(x):
    return x * TWO
