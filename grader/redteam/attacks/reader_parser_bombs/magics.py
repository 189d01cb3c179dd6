"""Has a hundred thousand lines that look like magics, and long ones that nearly do."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED|ERROR|TIMEOUT|PASSED" }
# ///

import json


def build(folder):
    source = "%x\n!y\n" * 20_000 + "a" * 100_000 + "?\n" + "x = !" + "[" * 50_000
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
    (folder / "a.ipynb").write_text(json.dumps({"cells": [cell], "nbformat": 4, "metadata": {}}))
    return folder
