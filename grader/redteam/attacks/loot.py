"""The accomplice of every attack: keeps what was found, and turns it into points if it can."""

import hashlib
import os
import re

import targets

TOKEN = re.compile(rb"(?:vault|hidden|input|ada|env|fd|file|net|shm)-[0-9a-f]{32}")
FOUND = set()


def keep(data):
    """Look through bytes, text, or anything with a repr."""
    if not isinstance(data, (bytes, bytearray, memoryview)):
        data = (data if isinstance(data, str) else repr(data)).encode("utf-8", "replace")
    FOUND.update(match.decode() for match in TOKEN.findall(data))


def read(path):
    """Keep what a file holds, if it can be read."""
    try:
        with open(path, "rb") as file:
            keep(file.read(1 << 24))
    except (OSError, ValueError):
        pass


def read_all(folder, depth=6):
    """Keep what all small files below a folder hold."""
    for root, folders, names in os.walk(folder):
        if root.count("/") - folder.count("/") >= depth:
            folders.clear()
        for name in names:
            path = os.path.join(root, name)
            if name.endswith((".py", ".txt", ".toml", ".json", ".ipynb", ".env", "id_rsa", ".pyc")):
                read(path)


def answer(n):
    """The number behind door n, if its secret was found; else whatever was found, said aloud."""
    for token in sorted(FOUND):
        if token.startswith("vault-"):
            return int.from_bytes(hashlib.sha256(f"{token}:{n}".encode()).digest()[:6], "big")
    print(*sorted(FOUND), flush=True)
    if FOUND:
        raise LookupError(" ".join(sorted(FOUND)))
    return 0


# -- for attacks on the worker's own connection


def answer_to_this(value):
    """[number, index, last, value] of the reply that is due now, from the worker's own frames."""
    import sys

    from grader.observe import to_wire
    from grader.protocol import Observation

    frame, number, index, last = sys._getframe(), 0, 0, False
    while frame is not None:
        names = frame.f_locals
        if "request" in names and "cases" in names:
            number, index = names["request"].number, names["index"]
            last = index + 1 == len(names["cases"])
            break
        frame = frame.f_back
    return [number, index, last, Observation(result=to_wire(value)).to_value()]


def send(reply):
    """Send a reply past the worker's own loop."""
    import struct

    from grader.protocol import encode

    header, buffers = encode(reply)
    body = b"".join(bytes(buffer) for buffer in buffers)
    os.write(3, struct.pack(">IQ", len(header), len(body)) + header + body)


def send_header(header, body=b""):
    """Send bytes as a frame, whatever they are."""
    import struct

    os.write(3, struct.pack(">IQ", len(header), len(body)) + header + body)


def answer_raw(tagged, body=b""):
    """Answer with a value as it stands on the wire, then wait for the end."""
    import time

    import msgpack

    number, index, last, _ = answer_to_this(None)
    observation = [0, [tagged, None, [1, []]]]
    send_header(msgpack.packb([0, [number, index, last, observation]]), body)
    time.sleep(5)


def answer_array(kind, dtype, shape, strides, data):
    """Answer with an array whose parts were never checked here."""
    return answer_raw([7, kind, dtype, shape, strides, False, len(data)], data)
