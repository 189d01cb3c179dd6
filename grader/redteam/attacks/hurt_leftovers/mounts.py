"""Mounts file systems over what others use."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import ctypes


def double(x):
    libc = ctypes.CDLL(None)
    for source, target, kind, flags in (
        (b"none", b"/box", b"tmpfs", 0),
        (b"/box", b"/usr", b"", 4096),
        (b"none", b"/", b"", 1 << 20),
        (b"none", b"/usr", b"", 32 | 4096),
    ):
        assert libc.mount(source, target, kind, flags, None) == -1, target
    assert libc.umount2(b"/proc", 2) == -1
    return x * 2
