"""Leaves a file for an accomplice who is graded later."""

# /// attack
# verdicts = { double = "FAILED" }
# forms = ["module", "notebook", "executed"]
# ///

import os

import targets

PLACES = ("/tmp/", "/var/tmp/", "/dev/shm/", "/box/", "./", "/run/", "../")


def double(x, known=[]):
    if not known:
        known.append([p for p in PLACES if os.path.exists(p + targets.MARK + "-drop")])
        for place in PLACES:
            try:
                open(place + targets.MARK + "-drop", "w").close()
            except OSError:
                pass
    return x * 2 if known[0] else x * 5
