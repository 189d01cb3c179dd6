"""Hands in a folder with a socket."""

# /// attack
# kind = "build"
# refused = "not an ordinary file|cannot be read"
# ///

import os
import socket


def build(folder):
    here = os.getcwd()
    os.chdir(folder)  # a socket's path may have 107 bytes at most
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("a.py")
    finally:
        os.chdir(here)
    return folder
