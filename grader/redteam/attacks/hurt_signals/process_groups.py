"""Signals its process group and session, which reach across pid namespaces."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os
import signal


def double(x):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    assert os.getppid() == 0
    for signal_group in (lambda: os.kill(0, 15), lambda: os.killpg(os.getpgid(0), 15)):
        try:
            signal_group()
        except OSError:
            pass
    return x * 2
