"""Downloads weights that somebody else has trained."""

# /// attack
# verdicts = { open_vault = "FAILED|ERROR" }
# control = "the naive grader trains nothing"
# ///

import urllib.request

import loot
import targets


def open_vault(n):
    try:
        loot.keep(urllib.request.urlopen(f"http://127.0.0.1:{targets.TCP}/w.pt", timeout=0.3).read())
    except Exception as error:
        loot.keep(repr(error))
    return loot.answer(n)
