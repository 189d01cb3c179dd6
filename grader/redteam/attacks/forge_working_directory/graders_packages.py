"""Has modules named as what the grader imports in the working directory."""

# /// attack
# kind = "planted"
# plant = "rich.py"
# control = "the naive grader imports no such module"
# ///

import pathlib

(pathlib.Path(__file__).parent / "ran-graders_packages").touch()
