"""Connects to a Unix socket of the host, as Docker has one."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import socket

import loot
import targets


def open_vault(n):
    for path in (targets.UNIX, "/var/run/docker.sock", "/run/containerd/containerd.sock"):
        try:
            with socket.socket(socket.AF_UNIX) as caller:
                caller.settimeout(0.3)
                caller.connect(path)
                if not loot.FOUND:
                    loot.keep(caller.recv(4096))
        except OSError:
            pass
    return loot.answer(n)
