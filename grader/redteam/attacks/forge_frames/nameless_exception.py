"""Answers with an exception that has neither a class nor a name."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR" }
# control = "a naive grader has no frames"
# ///

def double(x):
    from grader.protocol import Raised

    return Raised(classes=(), text="", type_name="")


mean_of = double
