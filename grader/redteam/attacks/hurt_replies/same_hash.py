"""Returns a dict whose keys all have one hash, which takes millions of comparisons to build."""

# /// attack
# verdicts = { double = "FAILED" }
# ///

def double(x):
    modulus = (1 << 61) - 1
    return {number * modulus + 1: 0 for number in range(3_000)}
