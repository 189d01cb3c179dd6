"""Hands in a zip whose entries say that they are small."""

# /// attack
# kind = "build"
# refused = "larger than it says|cannot be read|not a zip"
# ///

import io
import struct
import zipfile


def build(folder):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.py", b"x = 1\n" * 1_000_000)
    data = bytearray(buffer.getvalue())
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 100)
    (folder / "a.zip").write_bytes(data)
    return folder / "a.zip"
