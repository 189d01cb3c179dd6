"""Has a usercustomize.py, which Python imports when it starts."""

# /// attack
# kind = "planted"
# plant = "usercustomize.py"
# control = "environments without user packages do not import it"
# ///

import pathlib

(pathlib.Path(__file__).parent / "ran-usercustomize").touch()
