"""Raises exceptions whose classes are called like markup."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR" }
# ///

def double(x):
    raise type("</title><script>alert(1)</script>", (Exception,), {})("x")


def mean_of(x):
    raise type('" autofocus onfocus="alert(1)', (ValueError,), {})("`x` <code> `y`")
