"""Hands in a folder with a link to a folder of somebody else's."""

# /// attack
# kind = "build"
# refused = "a link"
# ///

def build(folder):
    (folder / "a.py").write_text("def double(x):\n    return x * 3\n")
    (folder / "more").symlink_to(folder.parent.parent / "course/solutions/vault")
    return folder
