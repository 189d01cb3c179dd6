"""Shows pictures that decode to gigapixels, hold more than pixels, or are none."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["executed", "nbclient"]
# ///

import base64
import struct
import zlib

from IPython.display import display


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *more):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(min((width + 1) * height, 1 << 22))))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + pixels + chunk(b"IEND", b"")


text = chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")
long = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * (1 << 26)))
for data in (
    png(100_000, 100_000),
    png(2, 2, text),
    png(2, 2, long),
    png(2, 2)[:-20],
    b"\x89PNG\r\n\x1a\n" * 1000,
):
    display({"image/png": base64.b64encode(data).decode()}, raw=True)
for data in (b"\xff\xd8\xff" + bytes(1000), b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" * 9):
    display({"image/jpeg": base64.b64encode(data).decode()}, raw=True)

# %%
def double(x):
    return x * 2
