"""Hands in a zip that needs a password."""

# /// attack
# kind = "build"
# refused = "not a zip file that can be read"
# ///

import io
import zipfile


def build(folder):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.py", "x = 1")
    data = bytearray(buffer.getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (folder / "a.zip").write_bytes(data)
    return folder / "a.zip"
