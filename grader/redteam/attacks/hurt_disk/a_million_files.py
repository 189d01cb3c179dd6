"""Makes files until there are no more to be had."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

def double(x, tried=[]):
    try:
        for number in range(1_000_000 if not tried else 0):
            open(f"/box/{number}", "w").close()
    except OSError:
        pass
    tried.append(True)
    return x * 2
