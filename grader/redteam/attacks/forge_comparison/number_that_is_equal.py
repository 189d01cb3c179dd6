"""Returns numbers of classes that are equal to, above and below everything."""

# /// attack
# verdicts = { open_vault = "FAILED", mean_of = "FAILED" }
# ///

def yes(self, *other):
    return True


LIES = dict.fromkeys(("__eq__", "__lt__", "__le__", "__gt__", "__ge__"), yes)
LIES.update(__ne__=lambda self, other: False, __hash__=lambda self: 0)
LIES.update(dict.fromkeys(("__sub__", "__rsub__", "__abs__"), lambda self, *other: 0))
Number = type("int", (int,), LIES)
Real = type("float", (float,), LIES)


def open_vault(n):
    return Number(1)


def mean_of(x):
    return Real(0.5)
