"""Listens on an abstract socket for an accomplice, from a process that outlives it."""

# /// attack
# verdicts = { double = "FAILED" }
# forms = ["module", "notebook", "executed"]
# control = "it would stay on the machine"
# ///

import os
import socket
import time

import targets

NAME = "\0drop-" + targets.MARK


def double(x, known=[]):
    if not known:
        with socket.socket(socket.AF_UNIX) as caller:
            known.append(caller.connect_ex(NAME) == 0)
        try:
            if os.fork() == 0:
                os.setsid()
                listener = socket.socket(socket.AF_UNIX)
                listener.bind(NAME)
                listener.listen(1)
                time.sleep(60)
        except OSError:
            pass
    return x * 2 if known[0] else x * 5
