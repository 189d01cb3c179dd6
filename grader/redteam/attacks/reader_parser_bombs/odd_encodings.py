"""Declares encodings that decode to far more, or run code."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED|PASSED|ERROR|FAILED" }
# ///

def build(folder):
    code = b"def double(x):\n    return x * 3\n"
    for name in (b"utf-7", b"punycode", b"idna", b"rot13", b"zlib", b"unicode_escape", b"utf-32"):
        (folder / f"{name.decode()}.py").write_bytes(b"# -*- coding: %s -*-\n" % name + code)
    return folder
