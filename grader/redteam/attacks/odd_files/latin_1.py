"""Hands in a file in latin-1, without saying so."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED" }
# points = 3
# ///

def build(folder):
    (folder / "a.py").write_bytes("# für Zoë\ndef double(x):\n    return x * 2\n".encode("latin-1"))
    return folder
