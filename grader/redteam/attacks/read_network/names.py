"""Resolves names, and connects to what they stand for."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import socket

import loot
import targets


def open_vault(n):
    try:
        with socket.create_connection(("localhost", targets.TCP), timeout=0.3) as caller:
            loot.keep(caller.recv(4096))
    except OSError:
        pass
    return loot.answer(n)
