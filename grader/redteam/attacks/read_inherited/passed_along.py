"""Waits on its connection for a descriptor that comes along with a message."""

# /// attack
# verdicts = { open_vault = "FAILED|ERROR|TIMEOUT" }
# control = "a naive grader has no connection"
# ///

import os
import socket

import loot


def open_vault(n):
    connection = socket.socket(fileno=os.dup(3))
    connection.setblocking(False)
    try:
        _, descriptors, _, _ = socket.recv_fds(connection, 1 << 16, 8)
        for number in descriptors:
            loot.keep(os.pread(number, 65536, 0))
    except OSError:
        pass
    return loot.answer(n)
