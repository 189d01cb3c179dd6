"""Has a setup.cfg that loads a plugin."""

# /// attack
# kind = "planted"
# plant = "setup.cfg"
# text = """
# [tool:pytest]
# addopts = -p planted_by_ini
# """
# control = "pytest.ini comes before it"
# ///

# the plugin lies beside it
