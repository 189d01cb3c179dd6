"""Makes device files, and talks to terminals and devices that are there."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import fcntl
import os

TIOCSTI, TIOCLINUX = 0x5412, 0x541C


def double(x):
    for number in ((1, 1), (8, 0), (5, 1)):
        try:
            os.mknod(f"/box/device-{number[0]}", 0o20666, os.makedev(*number))
        except OSError:
            continue
        raise RuntimeError("a device was made")
    for request in (TIOCSTI, TIOCLINUX, TIOCSTI | 1 << 32):
        for descriptor in range(4):
            try:
                fcntl.ioctl(descriptor, request, b"x")
            except (OSError, OverflowError):
                continue
            raise RuntimeError("a key was typed")
    return x * 2
