"""Answers with an order to build a large model on the trusted side."""

# /// attack
# verdicts = { double = "FAILED|ERROR", mean_of = "FAILED|ERROR" }
# control = "a naive grader has no frames"
# ///

def double(x):
    from grader.protocol import Recipe

    return Recipe(name="linear", arguments={"in_features": 1 << 20, "out_features": 1 << 20})


mean_of = double
