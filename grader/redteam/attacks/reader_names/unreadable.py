"""Hands in a file that cannot be read."""

# /// attack
# kind = "build"
# refused = "cannot be read"
# needs = "an ordinary user"
# ///

def build(folder):
    (folder / "a.py").write_text("x = 1")
    (folder / "a.py").chmod(0)
    return folder
