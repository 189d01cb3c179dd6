"""Has a torch.py in the working directory."""

# /// attack
# kind = "planted"
# plant = "torch.py"
# ///

import pathlib

(pathlib.Path(__file__).parent / "ran-torch_module").touch()
