"""Loops for ever while it is loaded, and swallows whatever would end that."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

def double(x):
    return x * 2


while True:
    try:
        while True:
            pass
    except BaseException:
        pass
