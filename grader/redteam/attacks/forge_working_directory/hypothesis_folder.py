"""Has a .hypothesis folder with examples to replay."""

# /// attack
# kind = "planted"
# plant = ".hypothesis/examples/planted.py"
# control = "read by hypothesis only"
# ///

import pathlib

pathlib.Path("ran-hypothesis_folder").touch()
