"""Reads the labels of the test images from where data sets are kept."""

# /// attack
# verdicts = { open_vault = "FAILED" }
# control = "the naive grader trains nothing"
# ///

import os

import loot
import targets


def open_vault(n):
    for home in (os.path.expanduser("~"), targets.FOLDER + "/home"):
        loot.read_all(home + "/.cache")
        loot.read(home + "/.cache/MNIST/raw/t10k-labels-idx1-ubyte")
    return loot.answer(n)
