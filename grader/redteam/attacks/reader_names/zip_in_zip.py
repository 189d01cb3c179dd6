"""Hands in archives inside an archive."""

# /// attack
# kind = "build"
# refused = "no .py or .ipynb"
# ///

import io
import zipfile


def build(folder):
    data = b"def double(x): return x * 2"
    for level in range(5):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("a.py" if level == 0 else "a.zip", data)
        data = buffer.getvalue()
    (folder / "a.zip").write_bytes(data)
    return folder / "a.zip"
