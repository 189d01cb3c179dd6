"""Has a sitecustomize.py, which Python imports when it starts."""

# /// attack
# kind = "planted"
# plant = "sitecustomize.py"
# ///

import pathlib

(pathlib.Path(__file__).parent / "ran-sitecustomize").touch()
