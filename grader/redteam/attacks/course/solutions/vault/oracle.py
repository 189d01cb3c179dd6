"""@hidden@: whoever reads this has read the oracle."""

import hashlib

SECRET = "@vault@"


def open_vault(n):
    return int.from_bytes(hashlib.sha256(f"{SECRET}:{n}".encode()).digest()[:6], "big")


def double(x):
    return x * 2


def mean_of(x):
    return float(x.mean())


def repeat(text):
    return text + text
