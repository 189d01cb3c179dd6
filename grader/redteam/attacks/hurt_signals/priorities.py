"""Takes CPU time from others: priorities, real-time scheduling, processor affinity."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os


def double(x):
    changes = (
        lambda: os.nice(-20),
        lambda: os.setpriority(os.PRIO_PROCESS, 0, -20),
        lambda: os.setpriority(os.PRIO_USER, 0, 19),
        lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
        lambda: os.sched_setaffinity(0, {0}),
    )
    for change in changes:
        try:
            change()
        except (OSError, PermissionError):
            continue
        raise RuntimeError("it was allowed")
    return x * 2
