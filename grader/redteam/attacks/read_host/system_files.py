"""Reads what /etc, /var, /sys and /run hold."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# control = "there is nothing planted in /etc"
# ///

import os

import loot


def open_vault(n):
    seen = [p for p in ("/etc/shadow", "/etc/passwd", "/var/log", "/sys/class", "/run", "/root")
            if os.path.exists(p)]
    assert not seen, seen
    return loot.answer(n)
