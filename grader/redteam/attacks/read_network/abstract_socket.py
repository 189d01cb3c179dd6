"""Connects to an abstract Unix socket of the host."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import socket

import loot
import targets


def open_vault(n):
    try:
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(0.3)
            caller.connect("\0" + targets.ABSTRACT)
            loot.keep(caller.recv(4096))
    except OSError:
        pass
    return loot.answer(n)
