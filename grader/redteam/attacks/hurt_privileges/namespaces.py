"""Makes namespaces of its own, in which it would be root, by every call that can."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import ctypes
import os

KINDS = (0x10000000, 0x20000, 0x20000000, 0x40000000, 0x08000000, 0x04000000, 0x02000000, 0x80)


def double(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for kind in KINDS:
        assert libc.unshare(kind) == -1, hex(kind)
        assert libc.syscall(56, kind | 17, 0, 0, 0, 0) == -1, hex(kind)  # clone on x86-64
    arguments = ctypes.create_string_buffer(88)
    assert libc.syscall(435, arguments, 88) == -1  # clone3
    for name in ("user", "pid", "mnt", "net", "ipc", "uts"):
        try:
            descriptor = os.open(f"/proc/self/ns/{name}", os.O_RDONLY)
        except OSError:
            continue
        assert libc.setns(descriptor, 0) == -1, name
        os.close(descriptor)
    return x * 2
