"""Answers with a handle of an object that it never gave away."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED" }
# control = "a naive grader has no frames"
# ///

def double(x):
    from grader.protocol import Handle

    return Handle(number=1 << 60, type_name="Tensor")


mean_of = double
