"""Returns, raises and names things with characters that no encoding writes."""

# /// attack
# verdicts = { repeat = "FAILED", mean_of = "ERROR", double = "FAILED|ERROR", open_vault = "ERROR" }
# forms = ["module", "notebook"]
# control = "a naive grader voids nothing"
# ///

def repeat(text):
    return "\ud800\udfff" * 20


def mean_of(x):
    raise ValueError("\udcff\ud800 \x00 \x1b[31m")


def double(x):
    return {"\ud800": type("\udc80", (), {})()}


def open_vault(n):
    raise type("\u202e\U000e0041", (Exception,), {})("\ud83d")
