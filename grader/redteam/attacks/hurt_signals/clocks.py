"""Sets the clock, the host name and kernel settings."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import socket
import time


def write(path):
    with open(path, "w") as file:
        file.write("1")


def double(x):
    changes = (
        lambda: time.clock_settime(time.CLOCK_REALTIME, 0),
        lambda: socket.sethostname("attacked"),
        lambda: write("/proc/sys/kernel/core_pattern"),
        lambda: write("/proc/sys/vm/drop_caches"),
        lambda: write("/proc/sysrq-trigger"),
        lambda: write("/proc/self/oom_score_adj") or write("/proc/1/oom_adj"),
    )
    allowed = []
    for number, change in enumerate(changes[:-1]):
        try:
            change()
            allowed.append(number)
        except OSError:
            pass
    assert not allowed, allowed
    return x * 2
