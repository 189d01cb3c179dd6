"""Has magics, shell lines, plots, questions and Colab's own modules."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# kind = "build"
# forms = ["module", "executed"]
# ///

import json

CELLS = (
    "%matplotlib inline\n!pip install torch\nimport matplotlib.pyplot as plt",
    "from google.colab import drive\ndrive.mount('/content/drive')",
    "%%bash\nrm -rf /",
    "name = input('Your name? ')\nplt.plot([1, 2])\nplt.show()",
    "def double(x):\n    return x * 2",
    "double?",
    "!git clone https://example.org/x\n%time double(1)",
)


def build(folder):
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": text}
        for text in CELLS
    ]
    kernel = {"kernelspec": {"name": "no-such-kernel", "display_name": "?", "language": "python"}}
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 4}
    (folder / "a.ipynb").write_text(json.dumps(notebook))
    return folder
