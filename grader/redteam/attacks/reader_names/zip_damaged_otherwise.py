"""Hands in zips with damaged names, sizes, methods, extra fields and headers."""

# /// attack
# kind = "build"
# refused = "not a zip file that can be read|refused|no .py"
# ///

import io
import zipfile


def build(folder):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("ä.py", b"x = 1\n" * 100)
    data = bytearray(buffer.getvalue())
    name = data.rindex("ä".encode())
    data[name] = 0xFF
    (folder / "a.zip").write_bytes(data)
    return folder / "a.zip"
