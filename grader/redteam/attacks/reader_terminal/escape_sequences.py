"""Raises and returns sequences that move the cursor, set titles, and type on some terminals."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "FAILED", repeat = "ERROR" }
# ///

SEQUENCES = "\x1b[2J\x1b[1;1H\x1b]0;owned\x07\x1b[6n\x1bP$q\x1b\\\x9b31m\x08\x08\r\x7f\x07"


def double(x):
    raise ValueError(SEQUENCES)


def mean_of(x):
    return SEQUENCES


def repeat(text):
    raise type(SEQUENCES.replace("\x00", ""), (Exception,), {})(SEQUENCES)
