"""Hands in thousands of files."""

# /// attack
# kind = "build"
# refused = "more than"
# ///

def build(folder):
    for number in range(2100):
        (folder / f"{number}.py").touch()
    return folder
