"""Makes files of a terabyte with nothing in them."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os
import signal


def double(x):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for path in ("/box/sparse", "/dev/shm/sparse"):
        try:
            with open(path, "wb") as file:
                os.ftruncate(file.fileno(), 1 << 40)
        except OSError:
            continue
        assert os.stat(path).st_blocks * 512 < 1 << 24, "blocks were allocated"
        raise AssertionError("a file larger than the limit")
    return x * 2
