"""Returns None, a text, a list and a numpy array where tensors and numbers are due."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED", repeat = "FAILED", open_vault = "FAILED", relu = "PASSED" }
# points = 2
# ///

def double(x):
    return None if x.dim() > 5 else x.tolist()


def mean_of(x):
    return str(x.mean())


def repeat(text):
    return text.encode() * 2


def open_vault(n):
    return None if n < 0 else [n]


def relu(x):
    return x.numpy() * (x.numpy() > 0)
