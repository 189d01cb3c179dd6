"""Starts programs in every way that Python and C have."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import ctypes
import os
import subprocess


def double(x):
    libc = ctypes.CDLL(None)
    ways = (
        lambda: subprocess.Popen(["nohup", "sleep", "3600"]),
        lambda: subprocess.Popen("sleep 3600 &", shell=True, start_new_session=True),
        lambda: os.posix_spawn("/bin/sleep", ["sleep", "3600"], {}),
        lambda: os.spawnv(os.P_NOWAIT, "/bin/sleep", ["sleep", "3600"]),
        lambda: os.system("sleep 3600 &"),
        lambda: os.popen("sleep 3600"),
        lambda: libc.system(b"sleep 3600 &"),
    )
    for start in ways:
        try:
            started = start()
        except OSError:
            continue
        assert not isinstance(started, subprocess.Popen), "a process was started"
    return x * 2
