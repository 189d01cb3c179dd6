"""Starts programs by every way that a notebook has."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["executed", "nbclient"]
# ///

import json

CELLS = (
    "!sleep 1000 &\n%system sleep 1000\n%pip install evil\n%sx sleep 1000",
    "!!sleep 1000",
    "%%bash --bg\nsleep 1000",
    "%%script --bg sleep 1000\n1",
    "from IPython.utils.process import getoutput, system\nsystem('sleep 1000')",
    "import subprocess\nsubprocess.Popen(['sleep', '1000'])",
    "import os\nos.posix_spawn('/usr/bin/sleep', ['sleep', '1000'], {})",
    "lines = !sleep 1000",
    "from IPython.core.interactiveshell import InteractiveShell\n"
    "InteractiveShell.system_raw(get_ipython(), 'sleep 1000')",
    "def double(x):\n    return x * 2",
)


def build(folder):
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": text}
        for text in CELLS
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (folder / "a.ipynb").write_text(json.dumps(notebook))
    return folder
