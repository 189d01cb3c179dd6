"""Keeps what one test asks in a file, and tells it when it is started again."""

# /// attack
# verdicts = { mean_of = "ERROR" }
# control = "a naive grader shows it at once"
# ///

import os


def repeat(text):
    with open("/box/kept", "a") as file:
        file.write(text)
    os._exit(0)


def mean_of(x):
    raise ValueError(open("/box/kept").read() if os.path.exists("/box/kept") else "nothing")
