"""Hands in a zip in which thousands of entries share the same compressed bytes."""

# /// attack
# kind = "build"
# refused = "more than|grows|not a zip|twice"
# ///

import io
import struct
import zipfile


def build(folder):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.py", b"x = 1\n" * 150_000)
    data = buffer.getvalue()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    record = data[start:end]
    records = b"".join(
        record[:28] + struct.pack("<H", 8) + record[30:46] + f"{n:05}.py".encode() for n in range(3000)
    )
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 3000, 3000, len(records), start, 0)
    (folder / "a.zip").write_bytes(data[:start] + records + tail)
    return folder / "a.zip"
