"""Hands in files with byte order marks."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED", mean_of = "PASSED" }
# points = 5
# ///

def build(folder):
    (folder / "a.py").write_bytes(b"\xef\xbb\xbfdef double(x):\r\n    return x * 2\r\n")
    (folder / "b.py").write_text("def mean_of(x):\n    return x.mean().item()\n", "utf-16")
    return folder
