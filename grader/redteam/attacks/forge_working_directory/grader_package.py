"""Has a package named grader in the working directory."""

# /// attack
# kind = "planted"
# plant = "grader/catalog.py"
# control = "the naive grader is no package"
# ///

import pathlib

pathlib.Path("ran-grader_package").touch()
