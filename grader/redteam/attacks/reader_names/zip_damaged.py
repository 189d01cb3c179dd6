"""Hands in a zip whose compressed bytes are damaged."""

# /// attack
# kind = "build"
# refused = "not a zip file that can be read"
# ///

import io
import zipfile


def build(folder):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.py", bytes(range(256)) * 50)
    data = bytearray(buffer.getvalue())
    for place in range(40, 60):
        data[place] ^= 0xFF
    (folder / "a.zip").write_bytes(data)
    return folder / "a.zip"
