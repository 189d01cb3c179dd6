"""Calls it in a text that is evaluated."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# ///

import base64

import torch


def relu(x):
    return eval(base64.b64decode("dG9yY2gucmVsdSh4KQ=="), {"torch": torch, "x": x})
