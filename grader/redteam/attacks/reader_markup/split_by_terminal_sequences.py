"""Hides the ends of attributes in terminal sequences, which are taken out after escaping."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR", repeat = "FAILED" }
# ///

def double(x):
    raise ValueError("a\x1b]0; onmouseover=alert(1) x=")


def mean_of(x):
    raise ValueError("<scr\x00ipt>alert(1)</scr\x1b[0mipt>&lt;\x9bscript>")


def repeat(text):
    return "\x1b]8;;javascript:alert(1)\x07click\x1b]8;;\x07"
