"""Connects to a service on this machine."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import socket

import loot
import targets


def open_vault(n):
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::ffff:127.0.0.1")):
        try:
            with socket.socket(family) as caller:
                caller.settimeout(0.3)
                caller.connect((host, targets.TCP))
                loot.keep(caller.recv(4096))
        except OSError:
            pass
    return loot.answer(n)
