"""Writes the results itself, wherever they may lie, and ends the process."""

# /// attack
# verdicts = { double = "ERROR" }
# forms = ["module", "notebook", "executed"]
# ///

import json
import os

import targets

PERFECT = {"points": 100, "score": 100, "max_points": 100, "verdict": "PASSED", "passed": True}


def double(x):
    for folder in (".", "..", "/box", targets.FOLDER, targets.COURSE, targets.COURSE + "/gradebook"):
        for name in ("results.json", "results.staff.json", "gradebook.db", "index.html"):
            try:
                with open(os.path.join(folder, name), "x") as file:
                    json.dump(PERFECT, file)
            except OSError:
                pass
    os._exit(0)
