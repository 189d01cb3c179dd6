"""Opens files, pipes and sockets until there are no more."""

# /// attack
# verdicts = { double = "PASSED|ERROR" }
# points = 3
# ///

import os
import socket


def double(x):
    kept = []
    for make in (lambda: os.open("/dev/null", 0), os.pipe, socket.socketpair):
        try:
            while True:
                kept.append(make())
        except OSError:
            pass
    for one in kept:
        for part in one if isinstance(one, tuple) else [one]:
            part.close() if hasattr(part, "close") else os.close(part)
    return x * 2
