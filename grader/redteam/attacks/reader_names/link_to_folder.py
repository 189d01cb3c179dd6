"""Is itself a link to a folder with the solutions."""

# /// attack
# kind = "build"
# refused = "a link"
# ///

def build(folder):
    (folder / "eve").symlink_to(folder.parent.parent / "course/solutions/vault")
    return folder / "eve"
