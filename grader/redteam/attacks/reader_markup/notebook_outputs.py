"""Hands in a notebook whose outputs and markdown hold scripts of every media type."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["module", "executed"]
# ///

import json

PAYLOAD = "<script>alert(1)</script><img src=x onerror=alert(1)>"
TYPES = ("text/html", "image/svg+xml", "application/javascript", "text/vnd.mermaid", "text/latex")


def build(folder):
    data = {kind: PAYLOAD for kind in (*TYPES, "text/markdown", "text/plain", "application/json")}
    data["image/png"] = "iVBORw0KGgo=" * 100
    outputs = [
        {"output_type": "display_data", "data": data, "metadata": {"isolated": False}},
        {"output_type": "stream", "name": "stdout", "text": PAYLOAD},
        {"output_type": "error", "ename": PAYLOAD, "evalue": PAYLOAD, "traceback": [PAYLOAD]},
    ]
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": f"{PAYLOAD} [x](javascript:alert(1))",
         "attachments": {"x.svg": {"image/svg+xml": PAYLOAD}}},
        {"cell_type": "raw", "metadata": {"format": "text/html"}, "source": PAYLOAD},
        {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": outputs,
         "source": "def double(x):\n    return x * 2  # " + PAYLOAD},
    ]
    notebook = {"cells": cells, "metadata": {"title": PAYLOAD}, "nbformat": 4, "nbformat_minor": 4}
    path = folder / "outputs.ipynb"
    path.write_text(json.dumps(notebook))
    return path
