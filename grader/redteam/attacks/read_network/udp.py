"""Sends a datagram to a service on this machine, as a name server would be asked."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import socket

import loot
import targets


def open_vault(n):
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller:
            caller.settimeout(0.3)
            caller.sendto(b"\0" * 12, ("127.0.0.1", targets.UDP))
            loot.keep(caller.recv(4096))
    except OSError:
        pass
    return loot.answer(n)
