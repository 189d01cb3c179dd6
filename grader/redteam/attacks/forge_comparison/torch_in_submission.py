"""Hands in modules named torch, oracle, numpy and grader, to be imported in their places."""

# /// attack
# verdicts = { double = "FAILED" }
# [files]
# "oracle.py" = """
# def open_vault(n): return 0
# def double(x): return 0
# def mean_of(x): return 0
# def repeat(text): return 0
# def relu(x): return 0
# """
# "numpy.py" = "raise SystemExit"
# "grader/__init__.py" = "raise SystemExit"
# "sitecustomize.py" = "raise SystemExit"
# ///

def double(x):
    return 0


open_vault = mean_of = repeat = double
