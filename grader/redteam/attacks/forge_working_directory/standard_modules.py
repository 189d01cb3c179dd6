"""Has modules of the standard library's names in the working directory."""

# /// attack
# kind = "planted"
# plant = "json.py"
# ///

import pathlib

(pathlib.Path(__file__).parent / "ran-standard_modules").touch()
