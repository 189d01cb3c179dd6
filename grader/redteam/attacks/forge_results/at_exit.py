"""Rewrites the results once everything else is over."""

# /// attack
# verdicts = { double = "FAILED" }
# ///

import atexit
import json
import os


def forge():
    for name in ("results.json", "../results.json", "/box/results.json"):
        try:
            with open(name, "w") as file:
                json.dump({"points": 100, "passed": True}, file)
        except OSError:
            pass
    os._exit(0)


atexit.register(forge)


def double(x):
    return 0
