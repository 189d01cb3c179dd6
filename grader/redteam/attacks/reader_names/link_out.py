"""Hands in a folder with a link to another student's file."""

# /// attack
# kind = "build"
# refused = "a link"
# ///

def build(folder):
    (folder / "a.py").symlink_to(folder.parent / "ada.py")
    return folder
