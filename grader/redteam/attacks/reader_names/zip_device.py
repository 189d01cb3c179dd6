"""Hands in a zip that holds a device and a pipe."""

# /// attack
# kind = "build"
# refused = "link or device"
# ///

import stat
import zipfile


def build(folder):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for kind in (stat.S_IFIFO, stat.S_IFCHR):
            entry = zipfile.ZipInfo(f"a{kind}.py")
            entry.external_attr = (kind | 0o666) << 16
            archive.writestr(entry, "")
    return folder / "a.zip"
