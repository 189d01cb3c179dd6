"""Has a tox.ini that loads a plugin."""

# /// attack
# kind = "planted"
# plant = "tox.ini"
# text = """
# [pytest]
# addopts = -p planted_by_ini
# """
# control = "pytest.ini comes before it"
# ///

# the plugin lies beside it
