"""Leaves files wherever it can write."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os
import sys

import targets

PLACES = ("/", "/tmp", "/var/tmp", "/dev/shm", "/dev", "/run", "/home", "/worker", sys.prefix)


def double(x):
    for place in (*PLACES, targets.FOLDER, targets.COURSE, targets.COURSE + "/gradebook", "/box"):
        try:
            with open(os.path.join(place, targets.MARK + "-left"), "w") as file:
                file.write("left")
        except OSError:
            pass
    return x * 2
