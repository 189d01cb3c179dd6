"""Hands in something else under the name of a zip."""

# /// attack
# kind = "build"
# refused = "not a zip file"
# ///

def build(folder):
    (folder / "a.zip").write_bytes(b"MZ" + bytes(1000))
    return folder / "a.zip"
