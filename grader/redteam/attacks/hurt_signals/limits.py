"""Raises its own limits, and those of others."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import resource


def double(x):
    for name in ("DATA", "AS", "NPROC", "CPU", "FSIZE", "NOFILE", "MEMLOCK", "CORE"):
        which = getattr(resource, f"RLIMIT_{name}")
        try:
            resource.setrlimit(which, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except (OSError, ValueError):
            continue
        raise RuntimeError(f"{name} was raised")
    for pid in (2, 1000):
        try:
            resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1))
        except OSError:
            continue
        raise RuntimeError("another process was limited")
    return x * 2
