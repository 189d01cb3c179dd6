"""Has the plugin that pytest.ini, tox.ini, setup.cfg and pyproject.toml ask for."""

# /// attack
# kind = "planted"
# plant = "planted_by_ini.py"
# ///

import pathlib

(pathlib.Path(__file__).parent / "ran-pytest_plugin").touch()
