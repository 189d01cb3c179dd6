"""Has a conftest.py in the working directory."""

# /// attack
# kind = "planted"
# plant = "conftest.py"
# ///

import pathlib

(pathlib.Path(__file__).parent / "ran-conftest").touch()
