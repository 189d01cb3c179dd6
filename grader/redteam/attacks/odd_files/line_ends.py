"""Hands in files with line ends of all systems."""

# /// attack
# kind = "build"
# verdicts = { double = "PASSED", mean_of = "PASSED" }
# points = 5
# ///

def build(folder):
    (folder / "a.py").write_bytes(b"def double(x):\r    return x * 2\r")
    (folder / "b.py").write_bytes(b"def mean_of(x):\r\n    return (\r\nx.mean()\n).item()\r\n\x0c")
    return folder
