"""Looks for capabilities that it kept, and asks for more."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import ctypes


def double(x):
    status = dict(line.split(":", 1) for line in open("/proc/self/status") if ":" in line)
    for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(status[name], 16) == 0, name
    assert status["NoNewPrivs"].strip() == "1"
    assert status["Seccomp"].strip() == "2"
    assert "0" not in status["Uid"].split()
    libc = ctypes.CDLL(None)
    for option in (8, 24, 28, 38, 47):  # keepcaps, drop, securebits, no_new_privs, ambient
        assert libc.prctl(option, 0, 0, 0, 0) == -1, option
    return x * 2
