"""Replaces its own process by another program."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os


def double(x):
    for replace in (os.execv, os.execve):
        try:
            replace("/usr/bin/env", ["env"], *([{}] if replace is os.execve else []))
        except OSError:
            pass
    return x * 2
