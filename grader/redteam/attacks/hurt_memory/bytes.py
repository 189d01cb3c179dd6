"""Allocates and touches memory, as one block and as many."""

# /// attack
# verdicts = { double = "MEMORY", mean_of = "MEMORY" }
# forms = ["module", "notebook", "executed"]
# ///

def double(x):
    return bytearray(1 << 40)


def mean_of(x):
    kept = []
    while True:
        kept.append(bytearray(1 << 24))
