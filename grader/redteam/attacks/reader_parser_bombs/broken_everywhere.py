"""Is broken in ten thousand places, each of which could be where the last one ends."""

# /// attack
# kind = "build"
# verdicts = { double = "SKIPPED|ERROR|TIMEOUT|PASSED" }
# points = 3
# ///

def build(folder):
    text = "def double(x):\n    return x * 2\n\n\n" + "def f(:\n    '''\n\n\n" * 5_000
    (folder / "a.py").write_text(text)
    return folder
