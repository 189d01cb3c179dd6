"""Returns, raises and names things with texts of a megabyte."""

# /// attack
# verdicts = { double = "FAILED|ERROR", mean_of = "ERROR", repeat = "FAILED" }
# ///

def double(x):
    return type("T" * 1_000_000, (), {})()


def mean_of(x):
    raise type("E" * 1_000_000, (Exception,), {})("text " * 200_000)


def repeat(text):
    return "`[<&\u202e" * 40_000
