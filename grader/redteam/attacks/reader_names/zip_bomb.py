"""Hands in a zip that grows a thousandfold."""

# /// attack
# kind = "build"
# refused = "grows too much"
# ///

import zipfile


def build(folder):
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("a.py", "w") as file:
            for _ in range(50):
                file.write(bytes(1 << 20))
    return folder / "a.zip"
