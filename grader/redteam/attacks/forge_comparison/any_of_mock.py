"""Returns unittest.mock.ANY."""

# /// attack
# verdicts = { open_vault = "FAILED", repeat = "FAILED", mean_of = "FAILED" }
# ///

from unittest.mock import ANY


def open_vault(n):
    return ANY


repeat = mean_of = open_vault
