"""Has a pytest.ini that loads a plugin."""

# /// attack
# kind = "planted"
# control = "what it loads tells: see pytest_plugin"
# plant = "pytest.ini"
# text = """
# [pytest]
# addopts = -p planted_by_ini
# python_files = *.py
# """
# ///

# the plugin lies beside it: see planted_plugins
