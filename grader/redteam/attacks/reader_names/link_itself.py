"""Is itself a link to another student's file."""

# /// attack
# kind = "build"
# refused = "a link|cannot be read"
# ///

def build(folder):
    (folder / "a.py").symlink_to(folder.parent / "ada.py")
    return folder / "a.py"
