"""Looks for programs that run as root, makes one, and runs them."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os


def double(x):
    for path in ("/usr/bin/su", "/usr/bin/sudo", "/usr/bin/passwd", "/bin/mount"):
        try:
            os.execv(path, [path])
        except OSError:
            pass
    try:
        os.chmod("mine", 0o4755)
    except OSError:
        open("mine", "w").close()
        os.chmod("mine", 0o4755)
    for change in (lambda: os.chown("mine", 0, 0), lambda: os.setuid(0)):
        try:
            change()
        except OSError:
            continue
        raise RuntimeError("it became root")
    return x * 2
