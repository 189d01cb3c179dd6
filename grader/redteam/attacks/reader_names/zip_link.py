"""Hands in a zip that holds a symbolic link."""

# /// attack
# kind = "build"
# refused = "link or device"
# ///

import stat
import zipfile


def build(folder):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        entry = zipfile.ZipInfo("a.py")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return folder / "a.zip"
